import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A new signal is held for a while before it is shared. Signals of an older program are shared, also those that it files while both run:
 * the column defaults to the moment of insertion.
 *
 * What people were told about a match is kept by receiver, with the words. Of what an older program told, only the content is known: it
 * keeps the receiver `0`, until `MatchNotices` meets it.
 */
export class UndoAndNotices1764000000023 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table signal
        add column shared_at timestamptz default now(),
        add column shares_at timestamptz,
        add column sharing_sealed bytea;
      update signal set shared_at = filed_at;
      create index signal_shares_at_idx on signal (shares_at) where shared_at is null;

      alter table match_notice
        drop constraint match_notice_pkey,
        add column receiver_id uuid not null default '00000000-0000-0000-0000-000000000000',
        add column state_sealed bytea,
        add column told_sealed bytea,
        add column before bytea,
        add column before_sealed bytea,
        add column mail_id uuid,
        add column mailed_at timestamptz,
        add constraint match_notice_pkey primary key (subject, receiver_id);
      update match_notice set told = content, waiting_since = null;
      alter table match_notice alter column receiver_id drop default;
      create index match_notice_receiver_id_idx on match_notice (receiver_id) where content is distinct from told;
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
