import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How a region did in one hour, from a look every minute. */
@Entity('region_sample')
export class RegionSample {
  @PrimaryColumn('text') region: string;
  /** Beginning of the hour. */
  @Index('region_sample_hour_idx')
  @PrimaryColumn('timestamptz')
  hour: Date;
  /** Looks that found it healthy, lagging and silent. */
  @Column('int') healthy: number;
  @Column('int') lagging: number;
  @Column('int') silent: number;
  @Column('int', { name: 'worst_delay_seconds' }) worstDelaySeconds: number;
  /** Most messages that waited, on both sides together. */
  @Column('int', { name: 'worst_queue' }) worstQueue: number;
  /** Tags and matches at the last look. */
  @Column('int') tags: number;
  @Column('int') matches: number;
  /** Minute of the last look: a second one in the same minute, of another relay for instance, does not count. */
  @Column('timestamptz', { name: 'looked_at' }) lookedAt: Date;
}
