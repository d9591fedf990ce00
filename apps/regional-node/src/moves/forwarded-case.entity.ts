import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';
import { Youth } from '../youths/index.js';

/** That a process manager forwarded the matches on a youth to the one of a municipality of another region. Goes with the record of the youth. */
@Entity('forwarded_case')
export class ForwardedCase {
  @ForeignKey(() => Youth, { name: 'forwarded_case_youth_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'youth_id', primaryKeyConstraintName: 'forwarded_case_pkey' })
  youthId: string;
  /** Code of that municipality. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'forwarded_case_pkey' }) municipality: string;
  @ForeignKey(() => Professional, { name: 'forwarded_case_forwarded_by_id_fkey' })
  @Column('uuid', { name: 'forwarded_by_id' })
  forwardedById: string;
  @Column('timestamptz') at: Date;
}
