import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organisation } from './organisation.entity.js';

export const ROLES = ['professional', 'coordinator', 'process-manager', 'operator'] as const;
/** What somebody may do here: file signals, look after an organisation's people, follow up matches, run the node. */
export type Role = (typeof ROLES)[number];

/**
 * A designation: the position of a person in one organisation, with the contact data that a match shows to others. A person who works for several
 * organisations has several; all rows of one subject are one person.
 */
@Entity('professional')
@Unique('professional_subject_organisation_id_key', ['subject', 'organisationId'])
export class Professional {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'professional_pkey' }) id: string;
  /** By which the OpenID Connect provider names the person: `sub`, or the claim of `SUBJECT_CLAIM`. */
  @Column('text') subject: string;
  /** When they first logged in with this subject; null for never: nobody knows yet whether the subject is right. */
  @Column('timestamptz', { name: 'first_login_at', nullable: true }) firstLoginAt: Date | null;
  @Column('text') name: string;
  @Column('text') function: string;
  @Column('text') phone: string;
  @Index('professional_email_idx')
  @Column('text')
  email: string;
  /** When function, telephone and mail address were last entered or confirmed, `YYYY-MM-DD`. */
  @Column('date', { name: 'contact_confirmed_on' }) contactConfirmedOn: string;
  @Column('date', { name: 'contact_reminded_on', nullable: true }) contactRemindedOn: string | null;
  /** Since when their first contact details wait until they confirm them after logging in; null once they did, and for those of the directory file. */
  @Column('timestamptz', { name: 'contact_waits_since', nullable: true }) contactWaitsSince: Date | null;
  /** When a mail server refused the address for good; null once it is changed or confirmed. */
  @Column('timestamptz', { name: 'email_refused_at', nullable: true }) emailRefusedAt: Date | null;
  @Index('professional_organisation_id_idx')
  @ForeignKey(() => Organisation, { name: 'professional_organisation_id_fkey' })
  @Column('text', { name: 'organisation_id' })
  organisationId: string;
  /** Key of the location of the organisation where they work; null for none. */
  @Column('text', { name: 'location_id', nullable: true }) locationId: string | null;
  @Column('text', { array: true }) roles: Role[];
  /** Whether the organisation designated them to file signals (Jeugdwet 7.1.1.2 lid 1 sub c). */
  @Column('boolean') designated: boolean;
  /** Municipality code of a process manager; null for one of the whole region, and for others. */
  @Column('text', { nullable: true }) municipality: string | null;
  /** Another process manager, who acts for the municipality of this one too; null for none. */
  @Index('professional_deputy_id_idx')
  @ForeignKey(() => Professional, { name: 'professional_deputy_id_fkey' })
  @Column('uuid', { name: 'deputy_id', nullable: true })
  deputyId: string | null;
  /** The day on which they left the organisation, `YYYY-MM-DD`; from then on they have no role. */
  @Column('date', { name: 'departed_on', nullable: true }) departedOn: string | null;
}
