import { loginTables3Sql } from '#libs/login';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All instances of the relay count logins together. */
export class RequestCounts1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of loginTables3Sql) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
