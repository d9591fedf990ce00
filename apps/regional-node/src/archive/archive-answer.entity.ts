import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ArchiveQuestion } from './archive-question.entity.js';

/** What another region answered. Kept for as long as the filer may read it; that it answered, for as long as the question counts. */
@Entity('archive_answer')
export class ArchiveAnswer {
  @ForeignKey(() => ArchiveQuestion, { name: 'archive_answer_question_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'archive_answer_pkey' })
  question: Buffer;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'archive_answer_pkey' }) region: string;
  /** Who had a signal: JSON, sealed for the purpose `archive-answer/<region>/<question>`; null when there is nothing to tell. */
  @Column('bytea', { nullable: true }) content: Buffer | null;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
}
