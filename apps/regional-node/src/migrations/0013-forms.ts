import { messagingTables2Sql } from '#libs/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which forms parties speak, in which form a card was sent, and what of our own was set aside. */
export class Forms1764000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of messagingTables2Sql) await queryRunner.query(statement);
    await queryRunner.query(
      `alter table federated_match
         add column out_form text not null default 'card/1.0',
         add column is_due boolean not null default false`,
    );
    await queryRunner.query(
      `create index federated_match_due_idx on federated_match (match_id) where is_due`,
    );
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
