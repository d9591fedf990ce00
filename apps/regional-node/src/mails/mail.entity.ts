import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

import type { MailFailure } from './rules/mail-failure.rule.js';

export type MailState = 'queued' | 'sent' | 'failed';
/** Why the last attempt failed, once it is settled whose fault an unclear refusal is. */
export type SettledFailure = Exclude<MailFailure, 'address-unclear'>;

/** A mail on its way out; the text is emptied once it was sent or given up. */
@Entity('mail')
@Index('mail_sent_at_idx', ['supersedesKey', 'sentAt'], { where: "state = 'sent'" })
@Unique('mail_message_id_key', ['messageId'])
export class Mail {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_pkey' }) id: string;
  /** RFC 5322 Message-ID without angle brackets; a second mail of the same id is no mail. */
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('text', { name: 'to_address' }) toAddress: string;
  @Column('text') subject: string;
  /** The text, sealed for the purpose `mail/<id>`; null once it was sent or given up. */
  @Column('bytea', { name: 'body_sealed', nullable: true }) bodySealed: Buffer | null;
  @Column('text') state: MailState;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** Not sent, or not tried again, before this moment. */
  @Index('mail_not_before_idx', { where: "state = 'queued'" })
  @Column('timestamptz', { name: 'not_before' })
  notBefore: Date;
  @Column('integer') attempts: number;
  /** What the last attempt met, in codes: `RCPT TO 554 5.7.1`. */
  @Column('text', { name: 'last_error_kind', nullable: true }) lastErrorKind: string | null;
  @Column('text', { nullable: true }) failure: SettledFailure | null;
  /** The last attempt that failed. */
  @Column('timestamptz', { name: 'last_tried_at', nullable: true }) lastTriedAt: Date | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt: Date | null;
  /** An unsent mail is replaced by a newer one of the same key. */
  @Index('mail_supersedes_key_idx', { unique: true, where: "state = 'queued'" })
  @Column('text', { name: 'supersedes_key', nullable: true })
  supersedesKey: string | null;
}
