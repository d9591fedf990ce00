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
  `alter table signal add column removal_cause text not null default 'expired', add column reminded_at timestamptz`,
  `alter table signal alter column removal_cause drop default`,
  `alter table youth add column verified_at timestamptz not null default now()`,
  `alter table youth alter column verified_at drop default`,
  `create index youth_verified_at_idx on youth (verified_at)`,
  `create table move (
    id uuid not null,
    youth_id uuid not null,
    municipality text not null,
    at timestamptz not null,
    placed_at timestamptz,
    constraint move_pkey primary key (id),
    constraint move_youth_id_fkey foreign key (youth_id) references youth (id) on delete cascade
  )`,
  `create index move_youth_id_idx on move (youth_id)`,
  `create index move_municipality_idx on move (municipality) where placed_at is null`,
  `create table archived_signal (
    id uuid not null,
    number text not null,
    youth_index bytea not null,
    bsn_sealed bytea not null,
    professional_id uuid not null,
    filed_at timestamptz not null,
    ended_at timestamptz not null,
    destroy_on date not null,
    verified_at timestamptz not null,
    constraint archived_signal_pkey primary key (id),
    constraint archived_signal_professional_id_fkey foreign key (professional_id) references professional (id)
  )`,
  `create index archived_signal_youth_index_idx on archived_signal (youth_index)`,
  `create index archived_signal_destroy_on_idx on archived_signal (destroy_on)`,
  `create index audit_line_look_ups_idx on audit_line (actor, at) where action in ('person-register-consulted', 'signal-filed')`,
];
