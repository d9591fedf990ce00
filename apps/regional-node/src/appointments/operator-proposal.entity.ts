import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';

/** That an operator proposes to appoint or dismiss an operator, or to change somebody's login; it takes effect when another one confirms it. */
@Entity('operator_proposal')
export class OperatorProposal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'operator_proposal_pkey' }) id: string;
  @Column('text') kind: 'appoint' | 'dismiss' | 'change-login';
  @Index('operator_proposal_professional_id_idx', { unique: true })
  @ForeignKey(() => Professional, { name: 'operator_proposal_professional_id_fkey' })
  @Column('uuid', { name: 'professional_id' })
  professionalId: string;
  /** The new subject of a change of login; null for others. */
  @Column('text', { nullable: true }) subject: string | null;
  @ForeignKey(() => Professional, { name: 'operator_proposal_proposed_by_id_fkey' })
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt: Date;
}
