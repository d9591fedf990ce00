import { Column, Entity, ForeignKey, Index, IsNull, Not, PrimaryColumn, Unique } from 'typeorm';
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
  /**
   * When it was shared. Null while it is held: its filer alone knows of it, and can undo it.
   * A row that an older program inserts is shared.
   */
  @Column('timestamptz', { name: 'shared_at', nullable: true, default: () => 'now()' }) sharedAt: Date | null;
  /** When a held signal is shared; null when it is shared, or waits for its filer after a restored backup. */
  @Index('signal_shares_at_idx', { where: 'shared_at is null' })
  @Column('timestamptz', { name: 'shares_at', nullable: true })
  sharesAt: Date | null;
  /** What the person register said when it was filed, sealed for `signal-sharing/<id>`; null when it is shared, or was filed without BSN. */
  @Column('bytea', { name: 'sharing_sealed', nullable: true }) sharingSealed: Buffer | null;
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

/** Finds the signals that others may know of. */
export const SHARED = { sharedAt: Not(IsNull()) };
