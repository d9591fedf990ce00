import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A place where people of an organisation work, besides its seat. */
export interface OrganisationLocation {
  /** Key within the organisation. */
  id: string;
  name: string;
  /** Code of the municipality. */
  municipality: string;
  phone: string;
}

/** An affiliated organisation. Whether it signed the covenant, and as what, the covenant says. */
@Entity('organisation')
export class Organisation {
  /** Key, the same as in the covenant: `utrecht-buurtteam`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'organisation_pkey' }) id: string;
  @Column('text') name: string;
  /** Any text: an organisation outside the six sectors can be known here, and cannot file signals. */
  @Column('text') sector: string;
  @Column('text') kind: string;
  /** Code of the municipality where it has its seat, four digits; null for one of the whole country. */
  @Column('text', { nullable: true }) municipality: string | null;
  @Column('jsonb') locations: OrganisationLocation[];
}
