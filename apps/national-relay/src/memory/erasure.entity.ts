import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a signal of a region ended: a token that only that region can make something of. */
@Entity('erasure')
export class Erasure {
  @PrimaryColumn('text') region: string;
  /** 16 bytes. */
  @PrimaryColumn('bytea') token: Buffer;
  @Index('erasure_at_idx')
  @Column('timestamptz')
  at: Date;
}
