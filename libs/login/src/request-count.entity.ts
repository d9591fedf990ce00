import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * How many logins began or ended at an address in the present minute, as all instances of an app count them. Written by the library that
 * limits them. The table is unlogged: a crash empties it.
 */
@Entity('request_count')
export class RequestCount {
  /** SHA-256 of the address. */
  @PrimaryColumn('varchar', { length: 255 })
  key: string;

  @Column('integer', { default: 0 })
  points: number;

  /** When the minute is over, in milliseconds. */
  @Column('bigint', { nullable: true })
  expire: string | null;
}
