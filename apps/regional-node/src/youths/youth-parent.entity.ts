import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Youth } from './youth.entity.js';

/** A parent whom the register names in the youth's own record; a shared one makes a sibling match (Jeugdwet 7.1.2.3 sub e). */
@Entity('youth_parent')
export class YouthParent {
  @ForeignKey(() => Youth, { name: 'youth_parent_youth_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'youth_id', primaryKeyConstraintName: 'youth_parent_pkey' })
  youthId: string;

  /** Blind index in the role of parent, 32 bytes. */
  @Index('youth_parent_parent_index_idx')
  @PrimaryColumn('bytea', { name: 'parent_index', primaryKeyConstraintName: 'youth_parent_pkey' })
  parentIndex: Buffer;
}
