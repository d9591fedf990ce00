import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The synthetic match with another region: in which turn it is, and when it last went all the way. */
@Entity('probe')
export class Probe {
  @PrimaryColumn('text', { name: 'peer_region', primaryKeyConstraintName: 'probe_pkey' }) peerRegion: string;
  @Column('bigint') turn: string;
  /** Index under which the handle of this turn stands. */
  @Column('bytea', { name: 'person_index' }) personIndex: Buffer;
  /** The entry by which the other side sees us in this turn. */
  @Column('uuid', { name: 'entry_id' }) entryId: string;
  @Column('timestamptz', { name: 'turned_at' }) turnedAt: Date;
  /** When the first turn with this region began. */
  @Column('timestamptz', { name: 'since' }) since: Date;
  /** When a card of the other side last opened. */
  @Column('timestamptz', { name: 'last_match_at', nullable: true }) lastMatchAt: Date | null;
}
