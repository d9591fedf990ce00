import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session of a person who logged in. Knows them by identifiers of the provider only. */
@Entity('login_session')
export class LoginSession {
  /** SHA-256 of the secret in the session cookie. */
  @PrimaryColumn('bytea', { name: 'id_hash' })
  idHash: Buffer;

  /** Value of the claim by which the app knows the person. */
  @Column('text')
  subject: string;

  /** `sub` at the provider, by which it logs a person out. */
  @Column('text', { name: 'provider_subject' })
  providerSubject: string;

  /** `sid` of the session at the provider; null where it gives none. */
  @Column('text', { name: 'provider_session', nullable: true })
  providerSession: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** Behind by at most a minute, so that not every request writes. */
  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;
}
