import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Bsn } from '#libs/bsn';
import { CurrentProfessional, Roles } from '../access/index.js';
import type { Professional } from '../directory/index.js';
import { ErasurePreview, ErasureRequest } from './dto/erasure.dto.js';
import { SubjectAccessRequest } from './dto/overview.dto.js';
import { ErasuresOnRequest } from './erasures-on-request.js';

/** The archive alone: signals that are not over stay. */
@ApiTags('archive')
@Controller('archive')
@Roles('process-manager')
export class ArchiveController {
  constructor(private readonly erasures: ErasuresOnRequest) {}

  @Post('_preview-destruction')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show what a destruction in the archive takes; changes nothing' })
  @ApiOkResponse({
    type: ErasurePreview,
    description: 'Empty when nothing is archived, or nothing that is yours to handle.',
  })
  preview(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn }: SubjectAccessRequest,
  ): Promise<ErasurePreview> {
    return this.erasures.preview(processManager, Bsn.parse(bsn), 'destroy');
  }

  @Post('_destroy')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Destroy what organisations of your municipality have in the archive on a youth, as previewed and as the college decided (AVG 17, Jeugdwet 7.1.4.6 lid 2)',
  })
  @ApiNoContentResponse({ description: 'Exactly what the preview showed is gone.' })
  async destroy(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn, ...request }: ErasureRequest,
  ): Promise<void> {
    await this.erasures.erase(processManager, Bsn.parse(bsn), request, 'destroy');
  }
}
