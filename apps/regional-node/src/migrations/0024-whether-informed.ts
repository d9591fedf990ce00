import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether somebody was informed is asked and no longer kept: neither with the signal nor in the logbook. A filer may want a reminder of it.
 * Professionals reject possible matches.
 */
export class WhetherInformed1764000000024 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table signal drop column parents_informed, add column inform_reminder_until date;
      update audit_line set fields = fields - 'parentsInformed' where fields ? 'parentsInformed';
      create table match_rejected (
        own_entry_id uuid not null,
        other_entry_id uuid not null,
        at timestamptz not null,
        constraint match_rejected_pkey primary key (own_entry_id, other_entry_id)
      );
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
