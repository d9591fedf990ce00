import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Bsn } from '#libs/bsn';
import { CurrentProfessional, Roles } from '../access/index.js';
import type { Professional } from '../directory/index.js';
import { SubjectAccess } from './subject-access.service.js';
import { SubjectAccessOverview, SubjectAccessRequest } from './subject-access.dto.js';

/** For process managers, who handle requests of youths and parents (Jeugdwet 7.1.2.2 lid 3, 7.1.5.1 lid 2). */
@ApiTags('subject-access')
@Controller('subject-access')
@Roles('process-manager')
export class SubjectAccessController {
  constructor(private readonly access: SubjectAccess) {}

  @Post('_overview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Show everything that is kept about a youth (AVG 15, Jeugdwet 7.1.2.3 lid 1 sub i)',
  })
  @ApiOkResponse({
    type: SubjectAccessOverview,
    description: 'Empty when nothing is kept, or nothing that is yours to handle.',
  })
  overview(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn }: SubjectAccessRequest,
  ): Promise<SubjectAccessOverview> {
    return this.access.overview(processManager, Bsn.parse(bsn));
  }

  @Post('_erase')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'End the signals of organisations of your municipality on a youth and destroy what the archive holds, as the college decided (AVG 16, 17, 21)',
  })
  @ApiNoContentResponse({
    description: 'Nothing that is yours to handle is left; whether there was is not said.',
  })
  async erase(
    @CurrentProfessional() processManager: Professional,
    @Body() { bsn }: SubjectAccessRequest,
  ): Promise<void> {
    await this.access.erase(processManager, Bsn.parse(bsn));
  }
}
