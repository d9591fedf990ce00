import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Two handles of two regions that carry the same tag in the same epoch. Side a is the one whose region comes first in the alphabet. */
@Entity('match')
@Index('match_a_idx', ['regionA', 'handleA'])
@Index('match_b_idx', ['regionB', 'handleB'])
export class Match {
  /** 16 bytes, derived from both handles under the pepper. */
  @PrimaryColumn('bytea', { name: 'match_id' }) matchId: Buffer;
  @Column('text', { name: 'region_a' }) regionA: string;
  @Column('bytea', { name: 'handle_a' }) handleA: Buffer;
  @Column('text', { name: 'region_b' }) regionB: string;
  @Column('bytea', { name: 'handle_b' }) handleB: Buffer;
  @Column('int') epoch: number;
  @Column('timestamptz', { name: 'found_at' }) foundAt: Date;
}
