import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That some signal ended, by a token that tells nothing about it. Kept until no backup can hold that signal alive. */
@Entity('erasure')
export class Erasure {
  /** 16 bytes, see `erasureToken`. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'erasure_pkey' }) token: Buffer;
  @Index('erasure_at_idx')
  @Column('timestamptz')
  at: Date;
}
