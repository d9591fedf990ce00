import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Youth } from '../youths/index.js';

/** That a youth with a signal moved to another municipality (Jeugdwet 7.1.2.3 sub g). Goes with the record of the youth. */
@Entity('move')
export class Move {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'move_pkey' }) id: string;
  @Index('move_youth_id_idx')
  @ForeignKey(() => Youth, { name: 'move_youth_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'youth_id' })
  youthId: string;
  /** Code of the municipality to which they moved. */
  @Index('move_municipality_idx', { where: 'placed_at is null' })
  @Column('text')
  municipality: string;
  /** When this node heard of it. */
  @Column('timestamptz') at: Date;
  /** When the process manager saw to it that somebody there knows; null until then. */
  @Column('timestamptz', { name: 'placed_at', nullable: true }) placedAt: Date | null;
}
