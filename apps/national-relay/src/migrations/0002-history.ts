import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A week of looks at the regions, and what key holders say was used of the quotas. */
export class History1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table region_sample (
        region text not null,
        hour timestamptz not null,
        healthy integer not null,
        lagging integer not null,
        silent integer not null,
        worst_delay_seconds integer not null,
        worst_queue integer not null,
        tags integer not null,
        matches integer not null,
        looked_at timestamptz not null,
        constraint region_sample_pkey primary key (region, hour)
      );
      create index region_sample_hour_idx on region_sample (hour);
      alter table key_holder_status add column usage jsonb, add column usage_at timestamptz;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
