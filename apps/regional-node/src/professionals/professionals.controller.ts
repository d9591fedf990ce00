import { Body, Controller, Get, HttpCode, Param, Patch, Post, Res, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { DAY } from '#libs/clock';
import { AlsoReads, LoginCookies } from '#libs/login';
import type { Response } from 'express';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional, ROLES } from '../directory/index.js';
import {
  ActAsRequest,
  ChangedColleague,
  ChangeProfessionalRequest,
  Colleagues,
  Me,
  StandIns,
} from './dto/professional.dto.js';
import { ImportedPeople, ImportPeopleRequest } from './dto/import.dto.js';
import { CSV, CsvUpload } from './csv-upload.interceptor.js';
import { PeopleImport } from './people-import.js';
import { ProfessionalsService } from './professionals.service.js';

/** How long a browser remembers for whom somebody acted last. */
const REMEMBERED = 365 * DAY;

@ApiTags('professionals')
@Controller()
export class ProfessionalsController {
  constructor(
    private readonly professionals: ProfessionalsService,
    private readonly people: PeopleImport,
    private readonly cookies: LoginCookies,
  ) {}

  @Get('me')
  @Roles(...ROLES)
  @ApiOperation({ summary: 'See yourself, your organisation and what you may do' })
  @ApiOkResponse({ type: Me })
  me(@CurrentProfessional() professional: Professional): Promise<Me> {
    return this.professionals.me(professional);
  }

  /** The browser remembers it; whether it is still one's own, the access guard sees at every request. */
  @Post('me/_act-as')
  @HttpCode(204)
  @Roles(...ROLES)
  @ApiOperation({ summary: 'Choose for which of your organisations you act from now on, in this browser' })
  @ApiNoContentResponse()
  async actAs(
    @CurrentProfessional() professional: Professional,
    @Body() { professional: chosen }: ActAsRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.professionals.checkOwn(professional, chosen);
    this.cookies.write(response, 'choice', chosen, REMEMBERED);
  }

  @Get('professionals')
  @Roles('coordinator')
  @ApiOperation({ summary: "List your organisation's people" })
  @ApiOkResponse({ type: Colleagues })
  async list(@CurrentProfessional() coordinator: Professional): Promise<Colleagues> {
    return {
      professionals: await this.professionals.list(coordinator),
      functions: await this.professionals.functions(coordinator),
    };
  }

  @Get('stand-ins')
  @Roles('professional', 'coordinator')
  @ApiOperation({ summary: 'List the colleagues of your organisation who may stand in' })
  @ApiOkResponse({ type: StandIns })
  async standIns(@CurrentProfessional() professional: Professional): Promise<StandIns> {
    return { professionals: await this.professionals.standIns(professional) };
  }

  @Post('professionals/_import')
  @HttpCode(200)
  @Roles('coordinator', 'operator')
  @ApiOperation({
    summary: 'Enter people from a CSV file: all of it or nothing, with a report of every line',
    description:
      'Send the bytes of the file as `text/csv`, in UTF-8, UTF-16 or Windows-1252, or its text in JSON.',
  })
  @AlsoReads(CSV)
  @UseInterceptors(CsvUpload)
  @ApiConsumes('application/json', CSV)
  @ApiBody({ type: ImportPeopleRequest })
  @ApiQuery({
    ...{ name: 'dryRun', type: Boolean, required: false },
    description: 'Only report what would be done; for a body of `text/csv`.',
  })
  @ApiOkResponse({ type: ImportedPeople })
  import(
    @CurrentProfessional() actor: Professional,
    @Body() { csv, dryRun }: ImportPeopleRequest,
  ): Promise<ImportedPeople> {
    return this.people.import(actor, csv, dryRun);
  }

  @Patch('professionals/:id')
  @Roles('coordinator')
  @ApiOperation({ summary: 'Change contact data or designation of one of your people' })
  @ApiOkResponse({ type: ChangedColleague })
  change(
    @CurrentProfessional() coordinator: Professional,
    @Param('id') id: string,
    @Body() change: ChangeProfessionalRequest,
  ): Promise<ChangedColleague> {
    return this.professionals.change(coordinator, id, change);
  }
}
