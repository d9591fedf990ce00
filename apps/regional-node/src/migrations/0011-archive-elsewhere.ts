import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What new signals ask of the archives of other regions, and what these answered. */
export class ArchiveElsewhere1764000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `create table archive_question (
    question bytea not null constraint archive_question_pkey primary key,
    signal_id uuid not null constraint archive_question_signal_id_fkey references signal (id) on delete cascade,
    ask_from timestamptz,
    constraint archive_question_signal_id_key unique (signal_id)
  )`,
  `create table archive_answer (
    question bytea not null constraint archive_answer_question_fkey references archive_question (question) on delete cascade,
    region text not null,
    content bytea,
    received_at timestamptz not null,
    constraint archive_answer_pkey primary key (question, region)
  )`,
];
