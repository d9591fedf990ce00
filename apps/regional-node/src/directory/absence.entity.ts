import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Professional } from './professional.entity.js';

/** The present or next absence of a professional, by whole days. Why somebody is absent is recorded nowhere. */
@Entity('absence')
export class Absence {
  @PrimaryColumn('uuid', { name: 'professional_id', primaryKeyConstraintName: 'absence_pkey' })
  @ForeignKey(() => Professional, { name: 'absence_professional_id_fkey' })
  professionalId: string;
  /** First day, `YYYY-MM-DD`. */
  @Column('date', { name: 'from_day' }) from: string;
  /** Last day. */
  @Column('date', { name: 'until_day' }) until: string;
  /** The colleague who stands in. */
  @Index('absence_replacement_id_idx')
  @ForeignKey(() => Professional, { name: 'absence_replacement_id_fkey' })
  @Column('uuid', { name: 'replacement_id', nullable: true })
  replacementId: string | null;
  /** Whether those whom the professional matches were told of it. */
  @Column('boolean') told: boolean;
}
