import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Professional } from '../directory/index.js';
import { Youth } from './youth.entity.js';

/**
 * A signal: a link between a professional and a youth, and nothing that says why (Jeugdwet 7.1.4.3).
 * One that ends is deleted; the logbook keeps its number.
 */
@Entity('signal')
@Unique('signal_number_key', ['number'])
@Unique('signal_entry_id_key', ['entryId'])
@Unique('signal_youth_id_professional_id_key', ['youthId', 'professionalId'])
export class Signal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'signal_pkey' }) id: string;
  /** For people: `MN-2026-000123`. */
  @Column('text') number: string;
  @ForeignKey(() => Youth, { name: 'signal_youth_id_fkey' })
  @Column('uuid', { name: 'youth_id' })
  youthId: string;
  @Index('signal_professional_id_idx')
  @ForeignKey(() => Professional, { name: 'signal_professional_id_fkey' })
  @Column('uuid', { name: 'professional_id' })
  professionalId: string;
  /** The signal's name in contact cards: random, lives as long as the signal, never on screen. */
  @Column('uuid', { name: 'entry_id' }) entryId: string;
  @Column('timestamptz', { name: 'filed_at' }) filedAt: Date;
  /** Day on which it is removed at the latest, `YYYY-MM-DD`. */
  @Index('signal_removal_date_idx')
  @Column('date', { name: 'removal_date' })
  removalDate: string;
  /** Whether it is then removed because its term is over or because the youth turns 23. */
  @Column('text', { name: 'removal_cause' }) removalCause: 'expired' | 'age';
  /** When the filer was reminded that it will expire; null until then. */
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt: Date | null;
  /** Until which day the filer, who asked for it, is reminded to inform those whom the law names, `YYYY-MM-DD`; else null. */
  @Column('date', { name: 'inform_reminder_until', nullable: true }) informReminderUntil: string | null;
}
