import { Column, Entity, PrimaryColumn } from 'typeorm';
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
  /** When what follows from it was done; null before. */
  @Column('timestamptz', { name: 'activated_at', nullable: true }) activatedAt: Date | null;
}
