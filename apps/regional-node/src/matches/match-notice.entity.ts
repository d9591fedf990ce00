import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody was last told about a match, so that a mail goes out when, and only when, something changed. */
@Entity('match_notice')
export class MatchNotice {
  /** `signal/<entry id>` for a signaller, `youth/<youth id>` for the process manager who leads. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'match_notice_pkey' }) subject: string;
  /** SHA-256 of who is involved and who leads. */
  @Column('bytea') content: Buffer;
  /** How often it changed. */
  @Column('int') n: number;
  @Column('timestamptz', { name: 'first_at' }) firstAt: Date;
  /** Since when the mail waits for the name of the matchregisseur; null when it does not. */
  @Column('timestamptz', { name: 'waiting_since', nullable: true }) waitingSince: Date | null;
}
