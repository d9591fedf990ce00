import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many persons a region has handles for is not told any more: it jumps when a family is filed. */
export class NoLiveHandles1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table region_status drop column live_handles`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
