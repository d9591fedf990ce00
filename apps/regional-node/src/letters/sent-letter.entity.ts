import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What another region has been told about a youth, by letter. Taken back, it is about nobody any more, and stays until the other region
 * says that it forgot, and a while longer, to be counted.
 */
@Entity('sent_letter')
export class SentLetter {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sent_letter_pkey' }) id: string;
  /** The youth whom it is about; null once it was taken back. The record of the youth may end before that. */
  @Index('sent_letter_youth_id_idx')
  @Column('uuid', { name: 'youth_id', nullable: true })
  youthId: string | null;
  @Column('text', { name: 'to_region' }) toRegion: string;
  @Column('text') kind: 'move' | 'case-forward';
  /** Code of the municipality whose process manager is told. */
  @Column('text') municipality: string;
  /** SHA-256 of what was last said; null when it has to be said again. */
  @Column('bytea', { nullable: true }) content: Buffer | null;
  /** Version of the last that was said, also when it was taken back. */
  @Column('int', { name: 'out_incarnation' }) outIncarnation: number;
  @Column('int', { name: 'out_n' }) outN: number;
  /** Until when the other region goes by it without hearing of it again. */
  @Column('timestamptz', { name: 'valid_until' }) validUntil: Date;
  /** When the other region said that it forgot; null until then. */
  @Column('timestamptz', { name: 'erased_at', nullable: true }) erasedAt: Date | null;
}
