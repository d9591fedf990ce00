import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A login that has been started at the provider and may be finished once, by the same browser. */
@Entity('login_attempt')
export class LoginAttempt {
  /** SHA-256 of the `state` that travels along (RFC 6749 §4.1.1). */
  @PrimaryColumn('bytea', { name: 'state_hash' })
  stateHash: Buffer;

  /** SHA-256 of the secret in the cookie of the browser that started: nobody can be logged in by a link from someone else. */
  @Column('bytea', { name: 'browser_hash' })
  browserHash: Buffer;

  /** PKCE verifier (RFC 7636); of no use without the code that the provider hands to the browser. */
  @Column('text', { name: 'code_verifier' })
  codeVerifier: string;

  @Column('text')
  nonce: string;

  /** Local path to go to after login. */
  @Column('text', { name: 'return_to' })
  returnTo: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
