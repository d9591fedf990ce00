import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Bsn } from '#libs/bsn';
import { CurrentProfessional, Roles } from '../access/index.js';
import type { Professional } from '../directory/index.js';
import { ErasurePreview, ErasureRequest } from './dto/erasure.dto.js';
import { SubjectAccessOverview, SubjectAccessRequest } from './dto/overview.dto.js';
import { ErasuresOnRequest } from './erasures-on-request.js';
import { Overviews } from './overviews.js';

/** For process managers, who handle requests of youths and parents (Jeugdwet 7.1.2.2 lid 3, 7.1.5.1 lid 2). */
@ApiTags('subject-access')
@Controller('subject-access')
@Roles('process-manager')
export class SubjectAccessController {
  constructor(
    private readonly overviews: Overviews,
    private readonly erasures: ErasuresOnRequest,
  ) {}

  @Post('_overview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Show what is kept about a youth (AVG 15, Jeugdwet 7.1.2.3 lid 1 sub i)',
  })
  @ApiOkResponse({
    type: SubjectAccessOverview,
    description: 'Empty when nothing is kept, or nothing that is yours to handle.',
  })
  overview(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn }: SubjectAccessRequest,
  ): Promise<SubjectAccessOverview> {
    return this.overviews.of(processManager, Bsn.parse(bsn));
  }

  @Post('_preview-erasure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show whom an erasure is about and what it takes; changes nothing' })
  @ApiOkResponse({
    type: ErasurePreview,
    description: 'Empty when nothing is kept, or nothing that is yours to handle.',
  })
  preview(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn }: SubjectAccessRequest,
  ): Promise<ErasurePreview> {
    return this.erasures.preview(processManager, Bsn.parse(bsn), 'erase');
  }

  @Post('_erase')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'End the signals of organisations of your municipality on a youth and destroy those in the archive, as previewed and as the college decided (AVG 16, 17, 21)',
  })
  @ApiNoContentResponse({ description: 'Exactly what the preview showed is gone.' })
  async erase(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn, ...request }: ErasureRequest,
  ): Promise<void> {
    await this.erasures.erase(processManager, Bsn.parse(bsn), request, 'erase');
  }
}
