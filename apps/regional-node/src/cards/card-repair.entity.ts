import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What comparing with another region has repaired so far. */
@Entity('card_repair')
export class CardRepair {
  @PrimaryColumn('text', { name: 'peer_region', primaryKeyConstraintName: 'card_repair_pkey' })
  peerRegion: string;
  /** Matches that ended because the other side knew nothing about them any more. */
  @Column('int') ended: number;
  /** Cards that were sent again because the other side had not opened them. */
  @Column('int', { name: 'sent_again' }) sentAgain: number;
  @Column('timestamptz', { name: 'last_at' }) lastAt: Date;
}
