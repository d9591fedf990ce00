import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody is to know about a match, and knows, so that a mail goes out when, and only when, something changed. */
@Entity('match_notice')
export class MatchNotice {
  /** `signal/<entry id>` for a signaller, `youth/<youth id>` for the process manager who leads. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'match_notice_pkey' }) subject: string;
  /** SHA-256 of who is involved and who leads. */
  @Column('bytea') content: Buffer;
  /** The content of the last mail that left before the last change; null when none had, empty when that is not certain. */
  @Column('bytea', { nullable: true }) told: Buffer | null;
  /** How often it changed. */
  @Column('int') n: number;
  @Column('timestamptz', { name: 'first_at' }) firstAt: Date;
  /** Since when the mail waits for the name of the matchregisseur; null when it does not. */
  @Column('timestamptz', { name: 'waiting_since', nullable: true }) waitingSince: Date | null;
}
