import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Professional } from '../directory/index.js';

/** That somebody had a signal on a youth, and until when that may be known (Jeugdwet 7.1.4.5 lid 2). Not why it was filed, nor why it ended. */
@Entity('archived_signal')
export class ArchivedSignal {
  /** Id of the signal that it was. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'archived_signal_pkey' }) id: string;
  @Column('text') number: string;
  /** Blind index in the role of youth, 32 bytes. */
  @Index('archived_signal_youth_index_idx')
  @Column('bytea', { name: 'youth_index' })
  youthIndex: Buffer;
  /** The nine digits, sealed for the purpose `archived-bsn/<id>`: to hear of death, and of a corrected birth date. */
  @Column('bytea', { name: 'bsn_sealed' }) bsnSealed: Buffer;
  @ForeignKey(() => Professional, { name: 'archived_signal_professional_id_fkey' })
  @Column('uuid', { name: 'professional_id' })
  professionalId: string;
  @Column('timestamptz', { name: 'filed_at' }) filedAt: Date;
  @Column('timestamptz', { name: 'ended_at' }) endedAt: Date;
  /** Day on which it is destroyed, `YYYY-MM-DD`: after five years, or on the 23rd birthday when that is earlier. */
  @Index('archived_signal_destroy_on_idx')
  @Column('date', { name: 'destroy_on' })
  destroyOn: string;
  /** When the person register was last asked about this youth. */
  @Column('timestamptz', { name: 'verified_at' }) verifiedAt: Date;
}
