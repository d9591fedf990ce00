import { loginTables2Sql } from '#libs/login';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Logins that nobody has, the first login of somebody, and the change of a login, which two operators agree on. */
export class Logins1764000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of loginTables2Sql) await queryRunner.query(statement);
    await queryRunner.query(`
      create table unknown_login (
        subject text constraint unknown_login_pkey primary key,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null,
        count integer not null
      );
      create index unknown_login_last_seen_at_idx on unknown_login (last_seen_at);
      alter table professional add column first_login_at timestamptz;
      -- who is there already may have logged in: their login changes by two operators
      update professional set first_login_at = now();
      alter table operator_proposal add column subject text;
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
