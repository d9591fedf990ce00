import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last question to another region which matches it has with us. */
@Entity('roll_question')
export class RollQuestion {
  @PrimaryColumn('text', { name: 'peer_region', primaryKeyConstraintName: 'roll_question_pkey' })
  peerRegion: string;
  /** Its random name, which the answer repeats. */
  @Column('text') question: string;
  /** How many there have been, this one included. */
  @Column('int') n: number;
  /** Numbers of our cards that have their place in the order before the question, by match. */
  @Column('jsonb', { default: {} }) cards: Record<string, number>;
  /** Whether there is reason to ask again. */
  @Column('boolean', { default: false }) wanted: boolean;
}
