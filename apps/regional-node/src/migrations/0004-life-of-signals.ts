import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scheduled work, and what happens to a signal between its filing and its end. */
export class LifeOfSignals1764000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `create table scheduled_work (
    name text not null,
    next_run_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    succeeded_at timestamptz,
    outcome text,
    items integer,
    error_kind text,
    failures integer not null default 0,
    constraint scheduled_work_pkey primary key (name)
  )`,
];
