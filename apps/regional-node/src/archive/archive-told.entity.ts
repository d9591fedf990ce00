import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';
import { ArchivedSignal } from './archived-signal.entity.js';

/** That a filer was told of an archived signal: a person is told of it once. Destroyed with the archived signal. */
@Entity('archive_told')
export class ArchiveTold {
  @ForeignKey(() => ArchivedSignal, { name: 'archive_told_archived_signal_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'archived_signal_id', primaryKeyConstraintName: 'archive_told_pkey' })
  archivedSignalId: string;
  @ForeignKey(() => Professional, { name: 'archive_told_professional_id_fkey' })
  @PrimaryColumn('uuid', { name: 'professional_id', primaryKeyConstraintName: 'archive_told_pkey' })
  professionalId: string;
  /** The filer's signal at which it was told, and can be read again; it may have ended since. */
  @Column('uuid', { name: 'signal_id' }) signalId: string;
}
