import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An identifier with which somebody logged in whom nobody entered. Nothing else of the provider is kept. */
@Entity('unknown_login')
export class UnknownLogin {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unknown_login_pkey' }) subject: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  @Index('unknown_login_last_seen_at_idx')
  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;
  /** How often they logged in. */
  @Column('integer') count: number;
}
