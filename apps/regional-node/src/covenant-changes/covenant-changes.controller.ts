import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import { CovenantChangesService, readWritten } from './covenant-changes.service.js';
import { CovenantComparison } from './covenant-comparison.js';
import {
  CheckedCovenant,
  CovenantPreview,
  CovenantVersionRead,
  CovenantVersions,
  CovenantVersionShown,
  PreviewCovenantRequest,
  ScheduleCovenantRequest,
  WrittenCovenant,
} from './dto/covenant-changes.dto.js';
import { VersionNumber } from './version.pipe.js';

/** The versions of the covenant, for the operator. A covenant that is not valid is refused with every wrong part, `covenant-invalid`. */
@ApiTags('covenant')
@Roles('operator')
@Controller('covenant')
export class CovenantChangesController {
  constructor(
    private readonly changes: CovenantChangesService,
    private readonly comparison: CovenantComparison,
  ) {}

  @Get('versions')
  @ApiOperation({ summary: 'List the versions of the covenant, the newest first' })
  @ApiOkResponse({ type: CovenantVersions })
  async list(@CurrentProfessional() operator: Professional): Promise<CovenantVersions> {
    return { versions: await this.changes.list(operator) };
  }

  @Get('versions/:version')
  @ApiOperation({ summary: 'Read a version of the covenant' })
  @ApiOkResponse({ type: CovenantVersionRead })
  read(
    @CurrentProfessional() operator: Professional,
    @Param('version', VersionNumber) version: number,
  ): Promise<CovenantVersionRead> {
    return this.changes.read(operator, version);
  }

  @Get('versions/:version/yaml')
  @Header('Content-Type', 'application/yaml; charset=utf-8')
  @ApiOperation({
    summary: 'Read a version of the covenant as YAML, which can be changed and scheduled again',
  })
  @ApiProduces('application/yaml')
  @ApiOkResponse({ type: String })
  write(@Param('version', VersionNumber) version: number): Promise<string> {
    return this.changes.write(version);
  }

  @Post('_check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check a covenant; nothing is stored' })
  @ApiOkResponse({ type: CheckedCovenant })
  check(@Body() { yaml }: WrittenCovenant): Promise<CheckedCovenant> {
    return this.changes.check(yaml);
  }

  @Post('_preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show what a covenant would change; nothing is stored' })
  @ApiOkResponse({ type: CovenantPreview })
  preview(@Body() { yaml, effectiveFrom }: PreviewCovenantRequest): Promise<CovenantPreview> {
    return this.comparison.of(readWritten(yaml), effectiveFrom);
  }

  @Post('versions')
  @ApiOperation({ summary: 'Have a covenant be in force from a later day' })
  @ApiCreatedResponse({ type: CovenantVersionShown })
  schedule(
    @CurrentProfessional() operator: Professional,
    @Body() request: ScheduleCovenantRequest,
  ): Promise<CovenantVersionShown> {
    return this.changes.schedule(operator, request);
  }

  @Post('versions/:version/_confirm-bsn')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Confirm the right to the BSN that a version gives organisations, as another operator',
  })
  @ApiNoContentResponse()
  confirmBsn(
    @CurrentProfessional() operator: Professional,
    @Param('version', VersionNumber) version: number,
  ): Promise<void> {
    return this.changes.confirmBsn(operator, version);
  }

  @Post('versions/:version/_withdraw')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw a version whose day has not come' })
  @ApiNoContentResponse()
  async withdraw(
    @CurrentProfessional() operator: Professional,
    @Param('version', VersionNumber) version: number,
  ): Promise<void> {
    await this.changes.withdraw(operator, version);
  }
}
