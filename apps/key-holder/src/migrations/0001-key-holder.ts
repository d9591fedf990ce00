import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register, the keys by epoch, and the ledger of evaluations. */
export class KeyHolder1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table region_register_copy (
        version integer not null,
        document text not null,
        signature text not null,
        constraint region_register_copy_pkey primary key (version)
      );

      create table epoch_key (
        epoch integer not null,
        stage text not null,
        state_sealed bytea,
        shares_for_others jsonb,
        share_sealed bytea,
        manifest text,
        signatures jsonb,
        fault_holder text,
        fault_kind text,
        constraint epoch_key_pkey primary key (epoch)
      );

      create table evaluation_day (
        region text not null,
        day date not null,
        elements integer not null,
        constraint evaluation_day_pkey primary key (region, day)
      );

      create table evaluation_request (
        region text not null,
        request_id uuid not null,
        content_hash bytea not null,
        day date not null,
        repeats integer not null default 0,
        constraint evaluation_request_pkey primary key (region, request_id)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
