import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What regions tell one another by letter, and cases that process managers forward. */
export class Letters1764000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `create table sent_letter (
    id uuid not null constraint sent_letter_pkey primary key,
    youth_id uuid,
    to_region text not null,
    kind text not null,
    municipality text not null,
    content bytea,
    out_incarnation integer not null,
    out_n integer not null,
    valid_until timestamptz not null,
    erased_at timestamptz
  )`,
  `create index sent_letter_youth_id_idx on sent_letter (youth_id)`,
  `create table received_letter (
    id uuid not null constraint received_letter_pkey primary key,
    from_region text not null,
    letter_id uuid not null,
    kind text,
    municipality text,
    content bytea,
    in_incarnation integer not null,
    in_n integer not null,
    received_at timestamptz not null,
    valid_until timestamptz not null,
    placed_at timestamptz,
    erased_at timestamptz,
    constraint received_letter_from_region_letter_id_key unique (from_region, letter_id)
  )`,
  `create index received_letter_municipality_idx on received_letter (municipality) where content is not null`,
  `create index received_letter_valid_until_idx on received_letter (valid_until)`,
  `create table forwarded_case (
    youth_id uuid not null constraint forwarded_case_youth_id_fkey references youth (id) on delete cascade,
    municipality text not null,
    forwarded_by_id uuid not null constraint forwarded_case_forwarded_by_id_fkey references professional (id),
    at timestamptz not null,
    constraint forwarded_case_pkey primary key (youth_id, municipality)
  )`,
];
