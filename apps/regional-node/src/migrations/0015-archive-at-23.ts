import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The 23rd birthday ends an archived signal by itself. Of what was archived before, the day is filled where a signal of the same youth ends on
 * it; of the others the database does not know it, so the next run of the verification, due at once, asks the person register.
 */
export class ArchiveAt231764000000015 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `alter table youth add column birthday_23_sealed bytea`,
  `update archived_signal a set destroy_on = least(a.destroy_on, s.removal_date)
   from youth y join signal s on s.youth_id = y.id
   where y.bsn_index = a.youth_index and s.removal_cause = 'age'`,
  `update archived_signal set verified_at = to_timestamp(0)`,
  `update youth set verified_at = to_timestamp(0) where bsn_index is not null`,
  `update scheduled_work set next_run_at = to_timestamp(0) where name = 'register-verification'`,
];
