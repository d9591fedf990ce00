import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the relay saw itself and somebody should look into; what follows from the regions' states is not kept but derived. */
export const RECORDED_ALARMS = [
  'hub-unsafe',
  'register-refused',
  'manifest-untrusted',
  'unopenable-cards',
  'tags-differed',
] as const;
export type RecordedAlarmKind = (typeof RECORDED_ALARMS)[number];

/** A recorded alarm: one row for each kind and party. */
@Entity('alarm')
export class Alarm {
  @PrimaryColumn('text') kind: RecordedAlarmKind;
  /** Region, key holder, `hub` or `relay`. */
  @PrimaryColumn('text') party: string;
  @Column('timestamptz') since: Date;
  @Column('timestamptz', { name: 'last_at' }) lastAt: Date;
  @Column('int') count: number;
}
