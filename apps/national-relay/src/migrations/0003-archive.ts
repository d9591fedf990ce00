import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tags of archives, and what regions ask of each other's archives. */
export class Archive1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table tag add column archived boolean not null default false;

      create table archive_question (
        from_region text not null,
        question bytea not null,
        to_region text not null,
        from_handle bytea not null,
        to_handle bytea not null,
        asked_at timestamptz not null,
        constraint archive_question_pkey primary key (from_region, question, to_region)
      );
      create index archive_question_from_idx on archive_question (from_region, from_handle);
      create index archive_question_to_idx on archive_question (to_region, to_handle);
      create index archive_question_asked_at_idx on archive_question (asked_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
