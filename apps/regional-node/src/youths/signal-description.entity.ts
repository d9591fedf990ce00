import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Signal } from './signal.entity.js';

/**
 * By what a signal was filed on a youth without BSN (Besluit Jeugdwet 7.3.1). It lives as long as the signal, also when the BSN becomes
 * known, and goes with it.
 */
@Entity('signal_description')
export class SignalDescription {
  @ForeignKey(() => Signal, { name: 'signal_description_signal_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'signal_id', primaryKeyConstraintName: 'signal_description_pkey' })
  signalId: string;

  /** Surname as it was typed, birth date and sex, sealed for `signal-description/<signal id>`: for the filer's own list. */
  @Column('bytea', { name: 'description_sealed' }) descriptionSealed: Buffer;

  /** Blind index of the canonical form, 32 bytes. */
  @Index('signal_description_description_index_idx')
  @Column('bytea', { name: 'description_index' })
  descriptionIndex: Buffer;
}
