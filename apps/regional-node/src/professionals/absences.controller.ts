import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import { AbsencesService } from './absences.service.js';
import { DeparturesService } from './departures.service.js';
import { Departed, DepartRequest, PlanAbsenceRequest, PlannedAbsence } from './dto/absence.dto.js';

/** People who are away for some days, or for good. */
@ApiTags('professionals')
@Controller('professionals')
export class AbsencesController {
  constructor(
    private readonly absences: AbsencesService,
    private readonly departures: DeparturesService,
  ) {}

  @Post(':id/_plan-absence')
  @HttpCode(200)
  @Roles('professional', 'coordinator')
  @ApiOperation({
    summary: 'Plan your absence, or that of one of your people; it takes the place of one that was planned',
  })
  @ApiOkResponse({ type: PlannedAbsence })
  plan(
    @CurrentProfessional() actor: Professional,
    @Param('id') id: string,
    @Body() request: PlanAbsenceRequest,
  ): Promise<PlannedAbsence> {
    return this.absences.plan(actor, id, request);
  }

  @Post(':id/_end-absence')
  @HttpCode(204)
  @Roles('professional', 'coordinator')
  @ApiOperation({ summary: 'End an absence now, or take back a planned one' })
  @ApiNoContentResponse()
  async end(@CurrentProfessional() actor: Professional, @Param('id') id: string): Promise<void> {
    await this.absences.cancel(actor, id);
  }

  @Post(':id/_depart')
  @HttpCode(200)
  @Roles('coordinator')
  @ApiOperation({ summary: 'Have one of your people leave: signals go to a colleague, or end' })
  @ApiOkResponse({ type: Departed })
  depart(
    @CurrentProfessional() coordinator: Professional,
    @Param('id') id: string,
    @Body() { handOverTo }: DepartRequest,
  ): Promise<Departed> {
    return this.departures.depart(coordinator, id, handOverTo);
  }
}
