import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Signal } from '../youths/index.js';

/** What a new signal asks of the archives of other regions. Goes with the signal, or when nothing can come of it any more. */
@Entity('archive_question')
@Unique('archive_question_signal_id_key', ['signalId'])
export class ArchiveQuestion {
  /** 16 random bytes that the answers repeat. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'archive_question_pkey' }) question: Buffer;
  @ForeignKey(() => Signal, { name: 'archive_question_signal_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'signal_id' })
  signalId: string;
  /** From when it is to be asked; null once it was. */
  @Column('timestamptz', { name: 'ask_from', nullable: true }) askFrom: Date | null;
}
