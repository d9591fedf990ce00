import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which of our cards have their place before the last question to another region. */
export class CardsAskedAbout1764000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table roll_question add column cards jsonb not null default '{}'`);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
