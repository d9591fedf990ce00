import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether there is reason to compare cards with another region. */
export class RollsWanted1764000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table roll_question add column wanted boolean not null default false`);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
