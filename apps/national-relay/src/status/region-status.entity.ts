import type { ProbeReport } from '#libs/protocol';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a region's node last said of itself. */
@Entity('region_status')
export class RegionStatus {
  @PrimaryColumn('text') region: string;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
  @Column('text', { name: 'software_version' }) softwareVersion: string;
  /** Messages that the relay has not confirmed to it, and the age of the oldest. */
  @Column('int') queued: number;
  @Column('int', { name: 'oldest_queued_seconds' }) oldestQueuedSeconds: number;
  @Column('int', { name: 'awaiting_secret' }) awaitingSecret: number;
  @Column('int') matches: number;
  @Column('int', { name: 'unanswered_notices' }) unansweredNotices: number;
  @Column('int', { name: 'unopenable_cards' }) unopenableCards: number;
  /** Persons on whom signals were accepted that are lost: a restored backup did not know them. */
  @Column('int', { name: 'lost_persons' }) lostPersons: number;
  /** How its synthetic matches with other regions do. */
  @Column('jsonb') probes: ProbeReport[];
  /** How far its clock is ahead of the relay's. A message that waited makes it seem behind, until the next one. */
  @Column('int', { name: 'clock_skew_seconds' }) clockSkewSeconds: number;
}
