import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A new signal is held for a while before it is shared. Signals of an older program are shared, also those that it files while both run:
 * the column defaults to the moment of insertion.
 */
export class Undo1764000000023 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table signal
        add column shared_at timestamptz default now(),
        add column shares_at timestamptz,
        add column sharing_sealed bytea;
      update signal set shared_at = filed_at;
      create index signal_shares_at_idx on signal (shares_at) where shared_at is null;
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
