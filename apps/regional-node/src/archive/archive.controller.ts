import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Bsn } from '#libs/bsn';
import { DataSource } from 'typeorm';
import { CurrentProfessional, Roles } from '../access/index.js';
import type { Professional } from '../directory/index.js';
import { IsBsn } from '../youths/index.js';
import { Archive } from './archive.js';

class DestroyArchiveRequest {
  @ApiProperty({ description: 'BSN of the youth.' })
  @IsBsn()
  bsn: string;
}

@ApiTags('archive')
@Controller('archive')
export class ArchiveController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly archive: Archive,
  ) {}

  @Post('_destroy')
  @HttpCode(204)
  @Roles('process-manager')
  @ApiOperation({ summary: 'Destroy what the archive holds on a youth (AVG 17, Jeugdwet 7.1.4.6 lid 2)' })
  @ApiNoContentResponse({ description: 'There is nothing now; whether there was is not said.' })
  async destroy(
    @CurrentProfessional() { id }: Professional,
    @Body() { bsn }: DestroyArchiveRequest,
  ): Promise<void> {
    await this.dataSource.transaction((manager) => this.archive.destroy(manager, Bsn.parse(bsn), id));
  }
}
