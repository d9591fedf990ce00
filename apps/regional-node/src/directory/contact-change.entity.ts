import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Professional } from './professional.entity.js';

/**
 * Telephone number or mail address that somebody else entered for a professional. It counts for nobody until its owner confirmed it: the row of
 * the professional keeps what is confirmed. Every change has an id of its own, so that nobody confirms what they did not see.
 */
@Entity('contact_change')
export class ContactChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contact_change_pkey' }) id: string;
  @Index('contact_change_professional_id_idx', { unique: true })
  @ForeignKey(() => Professional, { name: 'contact_change_professional_id_fkey' })
  @Column('uuid', { name: 'professional_id' })
  professionalId: string;
  /** Null when it stays as it is. */
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { nullable: true }) email: string | null;
  /** In which role it was entered. */
  @Column('text', { name: 'changed_by' }) changedBy: 'coordinator' | 'operator';
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
}
