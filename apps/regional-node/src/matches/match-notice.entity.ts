import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The receiver in a row of an older release, which kept none. */
export const RECEIVER_UNKNOWN = '00000000-0000-0000-0000-000000000000';

/** What was told when that is not certain: equal to no content. */
export const UNCERTAIN = Buffer.from([0]);

/**
 * What one person is to know about a match, and what they were told, so that a mail leaves when, and only when, something changed.
 * The texts name professionals, some of other regions: they are sealed for `match-notice/<subject>`.
 */
@Entity('match_notice')
@Index('match_notice_receiver_id_idx', ['receiverId'], { where: 'content is distinct from told' })
export class MatchNotice {
  /** `signal/<entry id>` for a signaller, `youth/<youth id>` for the process manager who leads. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'match_notice_pkey' }) subject: string;
  /** The professional who is told: the filer, the stand-in, or the process manager. */
  @PrimaryColumn('uuid', { name: 'receiver_id', primaryKeyConstraintName: 'match_notice_pkey' })
  receiverId: string;
  /** What there is to know (`Notice`), sealed; null in a row of an older release, whose receiver is `RECEIVER_UNKNOWN`. */
  @Column('bytea', { name: 'state_sealed', nullable: true }) stateSealed: Buffer | null;
  /** SHA-256 of what makes a mail necessary: who is involved and who leads; empty when nobody is involved. */
  @Column('bytea') content: Buffer;
  /** What the last mail told, sealed; null when none did. */
  @Column('bytea', { name: 'told_sealed', nullable: true }) toldSealed: Buffer | null;
  /** The content of the last mail; null when there was none, one byte when it is not certain whether it arrived. */
  @Column('bytea', { nullable: true }) told: Buffer | null;
  /** What the mail before the last one told, for when the last one is taken back; null as above. */
  @Column('bytea', { name: 'before_sealed', nullable: true }) beforeSealed: Buffer | null;
  @Column('bytea', { nullable: true }) before: Buffer | null;
  /** The last mail. */
  @Column('uuid', { name: 'mail_id', nullable: true }) mailId: string | null;
  @Column('timestamptz', { name: 'mailed_at', nullable: true }) mailedAt: Date | null;
  /** How often it changed. */
  @Column('int') n: number;
  /** When the match began for this receiver. */
  @Column('timestamptz', { name: 'first_at' }) firstAt: Date;
  /** Since when the mail waits for the name of the matchregisseur; null when it does not. */
  @Column('timestamptz', { name: 'waiting_since', nullable: true }) waitingSince: Date | null;
}
