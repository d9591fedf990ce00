import type { CardForm } from '#libs/protocol';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A match with another region on one of our handles, and where the exchange of cards stands.
 *
 * Begins with the relay's notice. The side that sends first sends; the other answers a card that opened and names somebody. Ends with
 * the other side's empty card, with the end of our handle (we send the empty card), with the removal of the region, or when the
 * other side's card is no longer valid, or with the other side's answer that it has no such match. That the relay no longer knows it ends nothing.
 */
@Entity('federated_match')
export class FederatedMatch {
  /** The relay's name for it, base64url of 16 bytes; used for the exchange of cards and for nothing that lasts. */
  @PrimaryColumn('text', { name: 'match_id', primaryKeyConstraintName: 'federated_match_pkey' })
  matchId: string;
  @Index('federated_match_handle_idx')
  @Column('bytea')
  handle: Buffer;
  @Column('text', { name: 'peer_region' }) peerRegion: string;
  @Column('int') epoch: number;
  @Column('boolean', { name: 'send_first' }) sendFirst: boolean;
  @Column('timestamptz', { name: 'noticed_at' }) noticedAt: Date;
  /** How many times that region had been asked for its roll (`RollQuestion.n`) when a notice or card last came. */
  @Column('int', { name: 'questions_before', default: 0 }) questionsBefore: number;

  /** Version of our latest card; 0 before the first. */
  @Column('int', { name: 'out_incarnation', default: 0 }) outIncarnation: number;
  @Column('int', { name: 'out_n', default: 0 }) outN: number;
  /** SHA-256 of what our latest card says, validity aside: the same content is not sent again. */
  @Column('bytea', { name: 'out_content', nullable: true }) outContent: Buffer | null;
  @Column('timestamptz', { name: 'out_valid_until', nullable: true }) outValidUntil: Date | null;
  /** The lowest form that says all of our latest card. */
  @Column('text', { name: 'out_form', default: 'card/1.0' }) outForm: CardForm;
  /** Whether our card is to be looked at again: the other side speaks other forms than before, or takes part again. */
  @Index('federated_match_due_idx', { synchronize: false })
  @Column('boolean', { name: 'is_due', default: false })
  isDue: boolean;
  /** Number of the latest card that the other side confirmed end to end, and what it did with it. */
  @Column('int', { name: 'out_confirmed_n', default: 0 }) outConfirmedN: number;
  @Column('text', { name: 'out_outcome', nullable: true }) outOutcome: string | null;

  @Column('int', { name: 'in_incarnation', default: 0 }) inIncarnation: number;
  @Column('int', { name: 'in_n', default: 0 }) inN: number;
  /** The other side's latest card, sealed for `peer-card/<match id>`. */
  @Column('bytea', { name: 'in_card', nullable: true }) inCard: Buffer | null;
  @Column('timestamptz', { name: 'in_valid_until', nullable: true }) inValidUntil: Date | null;
  /** Cards of the other side that did not open. */
  @Column('int', { name: 'in_unopenable', default: 0 }) inUnopenable: number;
}
