import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PERSON_PROPOSALS, type PersonProposalKind } from '../person-proposal.entity.js';

export class NamedPerson {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
}

/** What waits for a second person. */
export class PersonProposalShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({
    enum: PERSON_PROPOSALS,
    description:
      'stand-in: the proposer stands in for somebody absent; hand-over: the proposer takes over the signals of somebody who leaves; designation: the operator entered somebody to file signals.',
  })
  kind: PersonProposalKind;
  @ApiProperty({ type: NamedPerson }) person: NamedPerson;
  @ApiProperty({ description: 'Name of the organisation.' }) organisation: string;
  @ApiPropertyOptional({ type: NamedPerson, description: 'Who would stand in or take over.' })
  colleague?: NamedPerson;
  @ApiProperty({ type: NamedPerson }) proposedBy: NamedPerson;
  @ApiProperty({ format: 'date-time' }) proposedAt: string;
  @ApiProperty({ description: 'Whether you may confirm it.' }) mayConfirm: boolean;
  @ApiProperty({ description: 'Whether only the command on the machine of the node can.' })
  onMachine: boolean;
}

export class PersonProposalsShown {
  @ApiProperty({ type: [PersonProposalShown], description: 'The oldest first.' })
  proposals: PersonProposalShown[];
}
