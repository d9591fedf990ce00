import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Professionals say that somebody in another region is themselves. */
export class SamePerson1764000000032 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table same_person (
        own_entry_id uuid not null,
        other_entry_id uuid not null,
        at timestamptz not null,
        constraint same_person_pkey primary key (own_entry_id, other_entry_id)
      )
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
