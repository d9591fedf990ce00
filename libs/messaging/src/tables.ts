import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A message that its receiver has not confirmed yet. Written in the transaction of the change it tells about; removed on confirmation. */
@Entity('outbox_message')
@Index('outbox_message_unsequenced', ['peer', 'id'], { where: 'seq is null' })
@Index('outbox_message_sequenced', ['peer', 'seq'], { unique: true, where: 'seq is not null' })
@Index('outbox_message_coalesce', ['peer', 'coalesceKey'], {
  where: 'seq is null and coalesce_key is not null',
})
export class OutboxMessage {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column('text') peer: string;
  @Column('text') type: string;
  @Column('jsonb') body: object;
  /** A newer message with the same key replaces this one as long as it has no place in the order. */
  @Column('text', { name: 'coalesce_key', nullable: true }) coalesceKey: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'not_before' }) notBefore: Date;
  /** Place in the gapless order to this peer; assigned at dispatch, since identity values commit out of order. */
  @Column('bigint', { nullable: true }) seq: string | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('int', { default: 0 }) attempts: number;
}

/** The state of the conversation with one peer, both ways. */
@Entity('link')
export class Link {
  @PrimaryColumn('text') peer: string;
  @Column('int', { name: 'out_incarnation', default: 1 }) outIncarnation: number;
  @Column('bigint', { name: 'out_next_seq', default: 1 }) outNextSeq: string;
  @Column('bigint', { name: 'out_confirmed', default: 0 }) outConfirmed: string;
  @Column('int', { name: 'in_incarnation', default: 0 }) inIncarnation: number;
  @Column('bigint', { name: 'in_applied', default: 0 }) inApplied: string;
  @Column('timestamptz', { name: 'failing_since', nullable: true }) failingSince: Date | null;
  @Column('timestamptz', { name: 'last_success_at', nullable: true }) lastSuccessAt: Date | null;
  @Column('timestamptz', { name: 'next_try_at', nullable: true }) nextTryAt: Date | null;
  @Column('int', { default: 0 }) failures: number;
  /** How often a new incarnation began because one side lost its memory. */
  @Column('int', { default: 0 }) restarts: number;
  /** The last question where the other side stands, and what it had confirmed and said when that was asked. */
  @Column('text', { nullable: true }) question: string | null;
  @Column('bigint', { name: 'asked_confirmed', default: 0 }) askedConfirmed: string;
  @Column('int', { name: 'asked_incarnation', default: 0 }) askedIncarnation: number;
  @Column('bigint', { name: 'asked_applied', default: 0 }) askedApplied: string;
  /** The question on whose answer both sides agreed. */
  @Column('text', { name: 'agreed_on', nullable: true }) agreedOn: string | null;
  /** Names a loss of memory on this side from which it has not recovered. */
  @Column('text', { nullable: true }) recovery: string | null;
  /** The last loss of memory on the other side for which this side said everything again. */
  @Column('text', { name: 'recovery_served', nullable: true }) recoveryServed: string | null;
  @Column('timestamptz', { name: 'last_heard_at', nullable: true }) lastHeardAt: Date | null;
}

/** How many messages of one peer were not accepted in one hour, for one reason. Never their content. */
@Entity('rejected_message')
export class RejectedMessages {
  @PrimaryColumn('text') peer: string;
  @PrimaryColumn('text') reason: string;
  /** When the hour began. */
  @PrimaryColumn('timestamptz') hour: Date;
  @Column('int') count: number;
  @Column('timestamptz', { name: 'last_at' }) lastAt: Date;
}

/** A message or document of this program that its receiver would refuse. */
@Entity('set_aside')
export class SetAsideMessage {
  @PrimaryColumn('text') kind: string;
  /** What it is about, within its kind: the id of a match or letter, or the key under which a message coalesces. */
  @PrimaryColumn('text') key: string;
  @Column('text', { name: 'class_name' }) className: string;
  /** Paths of the wrong fields. */
  @Column('text') fields: string;
  @Column('timestamptz') since: Date;
  /** The version of the software that set it aside. */
  @Column('text', { name: 'software_version' }) softwareVersion: string;
  /** Of a message: what to queue again. Documents are made anew. */
  @Column('jsonb', { nullable: true }) message: object | null;
}

/** The latest list of forms that a party signed. */
@Entity('peer_forms')
export class StoredForms {
  @PrimaryColumn('text') party: string;
  @Column('text', { array: true }) forms: string[];
  @Column('timestamptz') since: Date;
  /** The list as it was signed, for others. */
  @Column('text') document: string;
  @Column('text') signature: string;
  /** Whether the party did not open something in a form of the list. */
  @Column('boolean', { name: 'is_doubted', default: false }) isDoubted: boolean;
}

export const messagingEntities = [OutboxMessage, Link, RejectedMessages, SetAsideMessage, StoredForms];

/** SQL that makes the tables that came with release 0.2.0. */
export const messagingTables2Sql: readonly string[] = [
  `create table "set_aside" (
    "kind" text not null,
    "key" text not null,
    "class_name" text not null,
    "fields" text not null,
    "since" timestamptz not null,
    "software_version" text not null,
    "message" jsonb,
    primary key ("kind", "key")
  )`,
  `create table "peer_forms" (
    "party" text primary key,
    "forms" text[] not null,
    "since" timestamptz not null,
    "document" text not null,
    "signature" text not null,
    "is_doubted" boolean not null default false
  )`,
];

/** SQL that makes the tables of release 0.1.0, for the programs' migrations. */
export const messagingTablesSql: readonly string[] = [
  `create table "outbox_message" (
    "id" bigint generated always as identity primary key,
    "peer" text not null,
    "type" text not null,
    "body" jsonb not null,
    "coalesce_key" text,
    "created_at" timestamptz not null,
    "not_before" timestamptz not null,
    "seq" bigint,
    "sent_at" timestamptz,
    "attempts" integer not null default 0
  )`,
  `create index "outbox_message_unsequenced" on "outbox_message" ("peer", "id") where seq is null`,
  `create unique index "outbox_message_sequenced" on "outbox_message" ("peer", "seq") where seq is not null`,
  `create index "outbox_message_coalesce" on "outbox_message" ("peer", "coalesce_key") where seq is null and coalesce_key is not null`,
  `create table "link" (
    "peer" text primary key,
    "out_incarnation" integer not null default 1,
    "out_next_seq" bigint not null default 1,
    "out_confirmed" bigint not null default 0,
    "in_incarnation" integer not null default 0,
    "in_applied" bigint not null default 0,
    "failing_since" timestamptz,
    "last_success_at" timestamptz,
    "next_try_at" timestamptz,
    "failures" integer not null default 0,
    "restarts" integer not null default 0,
    "question" text,
    "asked_confirmed" bigint not null default 0,
    "asked_incarnation" integer not null default 0,
    "asked_applied" bigint not null default 0,
    "agreed_on" text,
    "recovery" text,
    "recovery_served" text,
    "last_heard_at" timestamptz
  )`,
  `create table "rejected_message" (
    "peer" text not null,
    "reason" text not null,
    "hour" timestamptz not null,
    "count" integer not null,
    "last_at" timestamptz not null,
    primary key ("peer", "reason", "hour")
  )`,
];
