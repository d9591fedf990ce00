import { settingCheckSql } from '#libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A start with other keys than those of the database is refused. */
export class SettingChecks1764000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(settingCheckSql);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
