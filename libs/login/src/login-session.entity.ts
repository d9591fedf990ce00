import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session of a person who logged in. Knows them by the provider's subject only. */
@Entity('login_session')
export class LoginSession {
  /** SHA-256 of the secret in the session cookie. */
  @PrimaryColumn('bytea', { name: 'id_hash' })
  idHash: Buffer;

  @Column('text')
  subject: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** Behind by at most a minute, so that not every request writes. */
  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;
}
