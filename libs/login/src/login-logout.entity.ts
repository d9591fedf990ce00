import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A logout token of the provider that was carried out, so that it works once. */
@Entity('login_logout')
export class LoginLogout {
  /** SHA-256 of its `jti`. */
  @PrimaryColumn('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt: Date;
}
