import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When work was done and will be done next; one row for all instances of a node. */
@Entity('scheduled_work')
export class ScheduledWorkState {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'scheduled_work_pkey' }) name: string;
  @Column('timestamptz', { name: 'next_run_at' }) nextRunAt: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  /** Null while it goes on, and when it was broken off. */
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
  @Column('timestamptz', { name: 'succeeded_at', nullable: true }) succeededAt: Date | null;
  @Column('text', { nullable: true }) outcome: 'done' | 'failed' | null;
  /** How many items the last run did. */
  @Column('integer', { nullable: true }) items: number | null;
  @Column('text', { name: 'error_kind', nullable: true }) errorKind: string | null;
  /** How often it has failed since it last succeeded. */
  @Column('integer', { default: 0 }) failures: number;
}
