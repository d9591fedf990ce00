import { loginTables3Sql } from '#libs/login';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All instances of a node count logins together. */
export class RequestCounts1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of loginTables3Sql) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
