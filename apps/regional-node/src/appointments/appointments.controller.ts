import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import {
  AppointmentsShown,
  AppointRequest,
  ChangeLoginRequest,
  ChangeProcessManagerRequest,
  DismissRequest,
  LoginChangeDone,
} from './appointments.dto.js';
import { Appointments } from './appointments.js';
import { OperatorProposals } from './operator-proposals.js';

/** Process managers, coordinators and operators of a region, for its operators. */
@ApiTags('appointments')
@Roles('operator')
@Controller()
export class AppointmentsController {
  constructor(
    private readonly appointments: Appointments,
    private readonly proposals: OperatorProposals,
  ) {}

  @Get('appointments')
  @ApiOperation({
    summary: 'List who is appointed, what is proposed, and which municipalities have no process manager',
  })
  @ApiOkResponse({ type: AppointmentsShown })
  list(@CurrentProfessional() operator: Professional): Promise<AppointmentsShown> {
    return this.appointments.shown(operator);
  }

  @Post('appointments')
  @HttpCode(204)
  @ApiOperation({ summary: 'Appoint somebody; an operator is proposed, and another operator confirms' })
  @ApiNoContentResponse()
  appoint(@CurrentProfessional() operator: Professional, @Body() request: AppointRequest): Promise<void> {
    return this.appointments.appoint(operator, request);
  }

  @Patch('appointments/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change municipality or deputy of a process manager' })
  @ApiNoContentResponse()
  change(
    @CurrentProfessional() operator: Professional,
    @Param('id') id: string,
    @Body() request: ChangeProcessManagerRequest,
  ): Promise<void> {
    return this.appointments.change(operator, id, request);
  }

  @Post('appointments/:id/_dismiss')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Dismiss somebody from a role; of an operator it is proposed, and another one confirms',
  })
  @ApiNoContentResponse()
  dismiss(
    @CurrentProfessional() operator: Professional,
    @Param('id') id: string,
    @Body() request: DismissRequest,
  ): Promise<void> {
    return this.appointments.dismiss(operator, id, request);
  }

  @Post('appointments/:id/_change-login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Attach another login to somebody; it is proposed where their present one has worked',
  })
  @ApiOkResponse({ type: LoginChangeDone })
  changeLogin(
    @CurrentProfessional() operator: Professional,
    @Param('id') id: string,
    @Body() { subject }: ChangeLoginRequest,
  ): Promise<LoginChangeDone> {
    return this.appointments.changeLogin(operator, id, subject);
  }

  @Post('operator-proposals/:id/_confirm')
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirm what another operator proposed' })
  @ApiNoContentResponse()
  confirm(@CurrentProfessional() operator: Professional, @Param('id') id: string): Promise<void> {
    return this.proposals.confirm(operator, id);
  }

  @Post('operator-proposals/:id/_withdraw')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw what an operator proposed' })
  @ApiNoContentResponse()
  withdraw(@CurrentProfessional() operator: Professional, @Param('id') id: string): Promise<void> {
    return this.proposals.withdraw(operator, id);
  }
}
