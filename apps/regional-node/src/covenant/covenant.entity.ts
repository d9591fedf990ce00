import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';
import type { CovenantDocument } from './covenant-document.js';

/**
 * One version of the covenant. Which one is in force, a rule says from the days; versions are withdrawn, never changed or removed, since
 * decisions were taken by them.
 */
@Entity('covenant')
export class Covenant {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'covenant_pkey' }) version: number;
  @Column('jsonb') document: CovenantDocument;
  /** The day from whose midnight in Amsterdam it is in force, `YYYY-MM-DD`. */
  @Column('date', { name: 'effective_from' }) effectiveFrom: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null;
  /** The operator who scheduled it; null for the first version. */
  @ForeignKey(() => Professional, { name: 'covenant_scheduled_by_id_fkey' })
  @Column('uuid', { name: 'scheduled_by_id', nullable: true })
  scheduledById: string | null;
  /** When what it gives organisations of the right to the BSN was confirmed by a second operator; null while that waits. */
  @Column('timestamptz', { name: 'bsn_confirmed_at', nullable: true }) bsnConfirmedAt: Date | null;
  /** When what follows from it was done; null before. */
  @Column('timestamptz', { name: 'activated_at', nullable: true }) activatedAt: Date | null;
}
