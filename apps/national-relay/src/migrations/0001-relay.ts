import { loginTablesSql } from '#libs/login';
import { messagingTablesSql } from '#libs/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything the relay keeps. */
export class Relay1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...loginTablesSql, ...messagingTablesSql]) await runner.query(statement);
    await runner.query(`
      create table register_version (
        version integer not null,
        accepted_at timestamptz not null,
        constraint register_version_pkey primary key (version)
      );

      create table tag (
        region text not null,
        handle bytea not null,
        peppered_tag bytea not null,
        epoch integer not null,
        incarnation integer not null,
        n bigint not null,
        arrival bigserial not null,
        put_at timestamptz not null,
        constraint tag_pkey primary key (region, handle)
      );
      create index tag_peppered_tag_idx on tag (peppered_tag);

      create table match (
        match_id bytea not null,
        region_a text not null,
        handle_a bytea not null,
        region_b text not null,
        handle_b bytea not null,
        epoch integer not null,
        found_at timestamptz not null,
        constraint match_pkey primary key (match_id)
      );
      create index match_a_idx on match (region_a, handle_a);
      create index match_b_idx on match (region_b, handle_b);

      create table erasure (
        region text not null,
        token bytea not null,
        at timestamptz not null,
        constraint erasure_pkey primary key (region, token)
      );
      create index erasure_at_idx on erasure (at);

      create table region_status (
        region text not null,
        last_seen_at timestamptz not null,
        software_version text not null,
        queued integer not null,
        oldest_queued_seconds integer not null,
        awaiting_secret integer not null,
        live_handles integer not null,
        matches integer not null,
        unanswered_notices integer not null,
        unopenable_cards integer not null,
        lost_persons integer not null,
        probes jsonb not null,
        clock_skew_seconds integer not null,
        constraint region_status_pkey primary key (region)
      );

      create table key_holder_status (
        key_holder text not null,
        up_since timestamptz,
        last_seen_at timestamptz,
        epoch integer,
        constraint key_holder_status_pkey primary key (key_holder)
      );

      create table alarm (
        kind text not null,
        party text not null,
        since timestamptz not null,
        last_at timestamptz not null,
        count integer not null,
        constraint alarm_pkey primary key (kind, party)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
