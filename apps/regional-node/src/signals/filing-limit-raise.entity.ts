import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';

/** That somebody may file more than usual for some time. One row per designation; what holds for one holds for the person. */
@Entity('filing_limit_raise')
export class FilingLimitRaise {
  @ForeignKey(() => Professional, { name: 'filing_limit_raise_professional_id_fkey' })
  @PrimaryColumn('uuid', { name: 'professional_id', primaryKeyConstraintName: 'filing_limit_raise_pkey' })
  professionalId: string;
  @Column('timestamptz') until: Date;
  /** The coordinator or operator who raised it. */
  @ForeignKey(() => Professional, { name: 'filing_limit_raise_raised_by_fkey' })
  @Column('uuid', { name: 'raised_by' })
  raisedBy: string;
}
