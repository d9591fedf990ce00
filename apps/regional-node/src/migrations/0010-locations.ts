import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Locations of organisations, and who works where. */
export class Locations1764000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table organisation add column locations jsonb not null default '[]'`);
    await queryRunner.query(`alter table organisation alter column locations drop default`);
    await queryRunner.query(`alter table professional add column location_id text`);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
