import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, type ApiBodyOptions } from '@nestjs/swagger';
import { SignedRegister } from '#libs/protocol';
import { ChangeRequest, ChangeView, MembershipView } from './dto/views.js';
import { Membership } from './membership.js';

const text = { type: 'string' };
const SIGNED = {
  schema: {
    type: 'object',
    required: ['document', 'signature'],
    properties: { document: text, signature: text },
  },
} satisfies ApiBodyOptions;

/** Who takes part, for the national coordinator. */
@Controller('register')
export class MembershipController {
  constructor(private readonly membership: Membership) {}

  @Get()
  @ApiOkResponse({ type: MembershipView })
  view(): Promise<MembershipView> {
    return this.membership.view();
  }

  @Get('signed')
  @Header('Content-Disposition', 'attachment; filename="register.json"')
  @ApiOperation({ summary: 'The register in force, as the coordinator signed it' })
  @ApiOkResponse(SIGNED)
  signed(): SignedRegister {
    return this.membership.signed();
  }

  @Post('_check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Look whether a change can be made, and how to sign it; changes nothing' })
  @ApiOkResponse({ type: ChangeView })
  check(@Body() request: ChangeRequest): ChangeView {
    return this.membership.check(request);
  }

  @Post('_apply')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put a register in force that the coordinator signed' })
  @ApiBody(SIGNED)
  @ApiOkResponse({ type: MembershipView })
  apply(@Body() signed: SignedRegister): Promise<MembershipView> {
    return this.membership.apply(signed);
  }
}
