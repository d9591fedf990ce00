import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a region asked what the archive of another holds under one of its handles, and was not answered yet. Not about whom, nor what for. */
@Entity('archive_question')
@Index('archive_question_from_idx', ['fromRegion', 'fromHandle'])
@Index('archive_question_to_idx', ['toRegion', 'toHandle'])
export class ArchiveQuestion {
  @PrimaryColumn('text', { name: 'from_region' }) fromRegion: string;
  /** 16 random bytes of the region that asks. */
  @PrimaryColumn('bytea') question: Buffer;
  @PrimaryColumn('text', { name: 'to_region' }) toRegion: string;
  @Column('bytea', { name: 'from_handle' }) fromHandle: Buffer;
  @Column('bytea', { name: 'to_handle' }) toHandle: Buffer;
  @Index('archive_question_asked_at_idx')
  @Column('timestamptz', { name: 'asked_at' })
  askedAt: Date;
}
