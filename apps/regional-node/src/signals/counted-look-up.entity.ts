import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';

/** One look-up or one filing that counts towards the limits of a person. Kept for thirty days. */
@Entity('counted_look_up')
@Index('counted_look_up_professional_id_at_idx', ['professionalId', 'at'])
export class CountedLookUp {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'counted_look_up_pkey' }) id: string;
  @ForeignKey(() => Professional, { name: 'counted_look_up_professional_id_fkey' })
  @Column('uuid', { name: 'professional_id' })
  professionalId: string;
  @Column('text') kind: 'look-up' | 'filing';
  @Index('counted_look_up_at_idx')
  @Column('timestamptz')
  at: Date;
  /** Blind index of the youth of a look-up, to give it back when a signal is shared. Null for nobody, for a filing, and after a day. */
  @Column('bytea', { name: 'youth_index', nullable: true }) youthIndex: Buffer | null;
}
