import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A youth with at least one signal. Name and birth date are in the person register, never here. */
@Entity('youth')
@Unique('youth_bsn_index_key', ['bsnIndex'])
export class Youth {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'youth_pkey' }) id: string;
  /** The nine digits, sealed for the purpose `youth-bsn/<id>`. */
  @Column('bytea', { name: 'bsn_sealed' }) bsnSealed: Buffer;
  /** Blind index in the role of youth, 32 bytes. */
  @Column('bytea', { name: 'bsn_index' }) bsnIndex: Buffer;
  /** Code of the municipality of residence; null when unknown, and always for a protected address. */
  @Column('text', { nullable: true }) municipality: string | null;
  /** Day since which they live there, `YYYY-MM-DD`; null when unknown, and with the municipality. */
  @Column('date', { name: 'residence_as_of', nullable: true }) residenceAsOf: string | null;
  /** The register keeps the address secret (geheimhouding). */
  @Column('boolean', { name: 'protected' }) isProtected: boolean;
  /** When the person register was last asked about them. */
  @Index('youth_verified_at_idx')
  @Column('timestamptz', { name: 'verified_at' })
  verifiedAt: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
