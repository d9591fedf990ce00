import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** What another region told a process manager here, by letter. Once it was placed or taken back nothing of it is kept but its name. */
@Entity('received_letter')
@Unique('received_letter_from_region_letter_id_key', ['fromRegion', 'letterId'])
export class ReceivedLetter {
  /** Its name in this region. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'received_letter_pkey' }) id: string;
  @Column('text', { name: 'from_region' }) fromRegion: string;
  /** Its name at the region that sent it. */
  @Column('uuid', { name: 'letter_id' }) letterId: string;
  /** Null once taken back. */
  @Column('text', { nullable: true }) kind: 'move' | 'case-forward' | null;
  /** Code of the municipality whose process manager is told; null once taken back. */
  @Index('received_letter_municipality_idx', { where: 'content is not null' })
  @Column('text', { nullable: true })
  municipality: string | null;
  /** Who has a signal, and who forwards: JSON, sealed for the purpose `letter/<id>`; null once placed or taken back. */
  @Column('bytea', { nullable: true }) content: Buffer | null;
  @Column('int', { name: 'in_incarnation' }) inIncarnation: number;
  @Column('int', { name: 'in_n' }) inN: number;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  /** When it is destroyed, unless it is said again. */
  @Index('received_letter_valid_until_idx')
  @Column('timestamptz', { name: 'valid_until' })
  validUntil: Date;
  @Column('timestamptz', { name: 'placed_at', nullable: true }) placedAt: Date | null;
  /** When the region that sent it took it back. */
  @Column('timestamptz', { name: 'erased_at', nullable: true }) erasedAt: Date | null;
}
