import { messagingTablesSql } from '#libs/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Handles, cards and notices of matches, and the tables of the link to the hub. */
export class Federation1764000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...messagingTablesSql, ...STATEMENTS]) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `create table stored_register (
    version integer not null constraint stored_register_pkey primary key,
    document text not null,
    signature text not null
  )`,
  `create table stored_manifest (
    epoch integer not null constraint stored_manifest_pkey primary key,
    document text not null,
    signatures jsonb not null
  )`,
  `create table handle (
    handle bytea not null constraint handle_pkey primary key,
    role text not null,
    person_index bytea not null,
    epoch integer not null,
    pending_input bytea,
    secret bytea,
    created_at timestamptz not null,
    put_not_before timestamptz,
    ended_at timestamptz
  )`,
  `create unique index handle_live_person_key on handle (role, person_index, epoch) where ended_at is null`,
  `create table federated_match (
    match_id text not null constraint federated_match_pkey primary key,
    handle bytea not null,
    peer_region text not null,
    epoch integer not null,
    send_first boolean not null,
    noticed_at timestamptz not null,
    questions_before integer not null default 0,
    out_incarnation integer not null default 0,
    out_n integer not null default 0,
    out_content bytea,
    out_valid_until timestamptz,
    out_confirmed_n integer not null default 0,
    out_outcome text,
    in_incarnation integer not null default 0,
    in_n integer not null default 0,
    in_card bytea,
    in_valid_until timestamptz,
    in_unopenable integer not null default 0
  )`,
  `create index federated_match_handle_idx on federated_match (handle)`,
  `create table erasure (token bytea not null constraint erasure_pkey primary key, at timestamptz not null)`,
  `create index erasure_at_idx on erasure (at)`,
  `create table memory_loss (
    recovery text not null constraint memory_loss_pkey primary key,
    at timestamptz not null,
    erased_signals integer not null default 0,
    lost_persons integer not null default 0,
    recovered_at timestamptz
  )`,
  `create table card_repair (
    peer_region text not null constraint card_repair_pkey primary key,
    ended integer not null,
    sent_again integer not null,
    last_at timestamptz not null
  )`,
  `create table roll_question (
    peer_region text not null constraint roll_question_pkey primary key,
    question text not null,
    n integer not null
  )`,
  `create table probe (
    peer_region text not null constraint probe_pkey primary key,
    turn bigint not null,
    person_index bytea not null,
    entry_id uuid not null,
    turned_at timestamptz not null,
    since timestamptz not null,
    last_match_at timestamptz
  )`,
  `create table contact_made (
    own_entry_id uuid not null,
    other_entry_id uuid not null,
    at timestamptz not null,
    constraint contact_made_pkey primary key (own_entry_id, other_entry_id)
  )`,
  `create table match_notice (
    subject text not null constraint match_notice_pkey primary key,
    content bytea not null,
    told bytea,
    n integer not null,
    first_at timestamptz not null,
    waiting_since timestamptz
  )`,
];
