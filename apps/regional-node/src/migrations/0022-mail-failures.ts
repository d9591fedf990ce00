import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose fault it is that a mail could not be sent, and when it was last tried. */
export class MailFailures1764000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table mail
        add column failure text,
        add column last_tried_at timestamptz
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
