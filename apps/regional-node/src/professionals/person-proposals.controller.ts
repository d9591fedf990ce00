import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import { PersonProposalsShown } from './dto/proposal.dto.js';
import { PersonConfirmations } from './person-confirmations.js';
import { PersonProposals } from './person-proposals.js';

/** What one person cannot decide about another alone. */
@ApiTags('professionals')
@Roles('coordinator', 'operator')
@Controller('person-proposals')
export class PersonProposalsController {
  constructor(
    private readonly proposals: PersonProposals,
    private readonly confirmations: PersonConfirmations,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List what about people waits for a second person, in your organisation or in all',
  })
  @ApiOkResponse({ type: PersonProposalsShown })
  async list(@CurrentProfessional() actor: Professional): Promise<PersonProposalsShown> {
    return { proposals: await this.proposals.shownTo(actor) };
  }

  @Post(':id/_confirm')
  @HttpCode(204)
  @ApiOperation({ summary: 'Agree to what somebody else proposed' })
  @ApiNoContentResponse()
  confirm(@CurrentProfessional() actor: Professional, @Param('id') id: string): Promise<void> {
    return this.confirmations.confirm(actor, id);
  }

  @Post(':id/_withdraw')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop what you or somebody else proposed' })
  @ApiNoContentResponse()
  withdraw(@CurrentProfessional() actor: Professional, @Param('id') id: string): Promise<void> {
    return this.proposals.withdraw(actor, id);
  }
}
