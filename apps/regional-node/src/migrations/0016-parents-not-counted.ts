import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The logbook no longer holds how many parents were compared. What was filed without BSN says so, since no look-up led to it. */
export class ParentsNotCounted1764000000016 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `update audit_line set fields = fields || '{"youth": "without-bsn"}'
   where action = 'signal-filed' and not fields ? 'parentsCompared'`,
  `update audit_line set fields = fields - 'parentsCompared' where fields ? 'parentsCompared'`,
];
