import { messagingTables2Sql } from '#libs/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which forms parties speak, and what of our own was set aside. */
export class Forms1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of messagingTables2Sql) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
