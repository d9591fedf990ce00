import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/**
 * A youth with at least one signal. Name and birth date are in the person register, not here; from the age of 16 the 23rd birthday is, sealed. A youth without BSN has one signal, which
 * holds by what it was filed (`SignalDescription`): that two are described alike does not make them one.
 */
@Entity('youth')
@Check('youth_bsn_whole', '(bsn_sealed is null) = (bsn_index is null)')
@Unique('youth_bsn_index_key', ['bsnIndex'])
export class Youth {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'youth_pkey' }) id: string;
  /** The nine digits, sealed for the purpose `youth-bsn/<id>`; null without BSN. */
  @Column('bytea', { name: 'bsn_sealed', nullable: true }) bsnSealed: Buffer | null;
  /** Blind index in the role of youth, 32 bytes; null without BSN. */
  @Column('bytea', { name: 'bsn_index', nullable: true }) bsnIndex: Buffer | null;
  /** Code of the municipality of residence; null when unknown, and always for a protected address. */
  @Column('text', { nullable: true }) municipality: string | null;
  /** Day since which they live there, `YYYY-MM-DD`; null when unknown, and with the municipality. */
  @Column('date', { name: 'residence_as_of', nullable: true }) residenceAsOf: string | null;
  /** The register keeps the address secret (geheimhouding). */
  @Column('boolean', { name: 'protected' }) isProtected: boolean;
  /**
   * Day on which the youth is 23 at the latest, `YYYY-MM-DD`, sealed for the purpose `youth-birthday/<id>`, so that the archive ends that day;
   * null when the register knows no birth date, and while it is too far away to matter (`keepsBirthday`).
   */
  @Column('bytea', { name: 'birthday_23_sealed', nullable: true }) birthday23Sealed: Buffer | null;
  /** When the person register was last asked about them; without BSN it never is. */
  @Index('youth_verified_at_idx')
  @Column('timestamptz', { name: 'verified_at' })
  verifiedAt: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
