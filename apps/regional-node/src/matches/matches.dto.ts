import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FollowUpStage } from '../covenant/index.js';
import type { ContactDetails, Lead } from './match-picture.types.js';

const KINDS = ['same-youth', 'sibling', 'possibly-same-youth'] as const;
type Kind = (typeof KINDS)[number];

/** How to reach somebody. */
class ContactShown implements ContactDetails {
  @ApiProperty() name: string;
  @ApiProperty() function: string;
  @ApiProperty() organisation: string;
  @ApiProperty() phone: string;
  @ApiProperty() email: string;
  @ApiPropertyOptional({ description: 'Where they work.' }) location?: string | undefined;
  @ApiPropertyOptional() locationPhone?: string | undefined;
}

class LeadShown extends ContactShown {
  @ApiProperty({ enum: ['organisation-kind', 'process-manager', 'appointed'] }) because: Lead['because'];
  @ApiProperty({ description: 'Name of the region that says so.' }) region: string;
}

class FollowedUp extends ContactShown {
  @ApiProperty({ enum: KINDS }) kind: Kind;
  @ApiPropertyOptional({ description: 'Whose signal it is, where another reads it.' }) standsInFor?: string;
  @ApiProperty({ description: 'Name of the region.' }) region: string;
}

class InvolvedShown extends FollowedUp {
  @ApiProperty() id: string;
  @ApiProperty() contactMadeByYou: boolean;
  @ApiProperty() contactMadeByThem: boolean;
  @ApiProperty({ description: 'In another region, so that it may be the reader.' }) mayBeYou: boolean;
  @ApiPropertyOptional({ description: 'Of `possibly-same-youth` only.' }) askedToVerify?: boolean;
}

/** Somebody: nothing about them is told before both sides confirmed it. */
class OwnPossible {
  @ApiProperty() id: string;
  @ApiProperty({ enum: ['possibly-same-youth'] }) kind: 'possibly-same-youth';
  @ApiProperty() confirmedByYou: boolean;
  @ApiProperty() confirmedByThem: boolean;
  @ApiProperty() askedToVerify: boolean;
}

/** A signal in another region of which the reader said that it is theirs. */
class YourselfShown {
  @ApiProperty() id: string;
  @ApiProperty() function: string;
  @ApiProperty() organisation: string;
  @ApiProperty({ description: 'Name of the region.' }) region: string;
}

const LEAD = { type: LeadShown, nullable: true, description: 'Null until it is known.' };

/** The matches of one signal of one's own. */
export class MatchesOfSignal {
  @ApiProperty({ format: 'uuid' }) signalId: string;
  @ApiProperty() signalNumber: string;
  @ApiPropertyOptional({ description: 'The absent colleague whose signal it is.' }) standingInFor?: string;
  @ApiProperty(LEAD) matchregisseur: LeadShown | null;
  @ApiProperty() youLead: boolean;
  @ApiProperty({ type: [InvolvedShown] }) involved: InvolvedShown[];
  @ApiProperty({ type: [OwnPossible] }) possible: OwnPossible[];
  @ApiProperty({ type: [YourselfShown] }) yourself: YourselfShown[];
}

export class MatchesVersion {
  @ApiProperty() version: string;
}

/** In another region, and a filer here says that it is themselves. */
class SamePersonShown extends ContactShown {
  @ApiProperty({ description: 'Name of the filer.' }) saidBy: string;
  @ApiProperty({ description: 'Name of the region.' }) region: string;
}

/** A match that a process manager follows up. */
export class FollowedUpMatch {
  @ApiProperty() id: string;
  @ApiProperty({ format: 'date-time', description: 'When people were first told.' }) since: string;
  @ApiProperty(LEAD) matchregisseur: LeadShown | null;
  @ApiProperty() contactMade: boolean;
  @ApiProperty({ enum: ['in-contact', 'waiting', 'stalled', 'escalated'] }) stage: FollowUpStage;
  @ApiProperty({ format: 'date' }) stalledAfter: string;
  @ApiProperty({ format: 'date' }) escalatedAfter: string;
  @ApiProperty({ type: [String] }) forwardedTo: string[];
  @ApiProperty({ type: [FollowedUp] }) involved: FollowedUp[];
  @ApiProperty({ type: [SamePersonShown] }) samePerson: SamePersonShown[];
  @ApiProperty({ description: 'How many others may be involved, and did not confirm it yet.' })
  possible: number;
}

export class MunicipalityElsewhere {
  @ApiProperty({ example: '0546' }) code: string;
  @ApiProperty({ description: 'Name of the region.' }) region: string;
}
