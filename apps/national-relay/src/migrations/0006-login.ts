import { loginTables2Sql } from '#libs/login';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Login attempts travel with the browser, and the provider may end sessions. */
export class Login1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of loginTables2Sql) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
