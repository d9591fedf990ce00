import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Professional } from '../directory/index.js';

export const PERSON_PROPOSALS = ['stand-in', 'hand-over', 'designation'] as const;
/** That the proposer stands in for somebody, takes over the signals of somebody who leaves, or that an operator has somebody designated. */
export type PersonProposalKind = (typeof PERSON_PROPOSALS)[number];

/** What one person cannot decide about another alone; it takes effect when a second one confirms it. */
@Entity('person_proposal')
@Unique('person_proposal_professional_id_kind_key', ['professionalId', 'kind'])
export class PersonProposal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_proposal_pkey' }) id: string;
  @Column('text') kind: PersonProposalKind;
  /** The professional concerned. */
  @ForeignKey(() => Professional, { name: 'person_proposal_professional_id_fkey' })
  @Column('uuid', { name: 'professional_id' })
  professionalId: string;
  /** Who would stand in or take over; null for a designation. */
  @ForeignKey(() => Professional, { name: 'person_proposal_colleague_id_fkey' })
  @Column('uuid', { name: 'colleague_id', nullable: true })
  colleagueId: string | null;
  @ForeignKey(() => Professional, { name: 'person_proposal_proposed_by_id_fkey' })
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt: Date;
}
