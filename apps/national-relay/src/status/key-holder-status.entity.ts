import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a key holder answers. */
@Entity('key_holder_status')
export class KeyHolderStatus {
  @PrimaryColumn('text', { name: 'key_holder' }) keyHolder: string;
  /** Since when it has been answering without a miss; null while it does not answer. */
  @Column('timestamptz', { name: 'up_since', nullable: true }) upSince: Date | null;
  @Column('timestamptz', { name: 'last_seen_at', nullable: true }) lastSeenAt: Date | null;
  /** Epoch of the manifest that it shows; null while it shows none that all key holders signed. */
  @Column('int', { nullable: true }) epoch: number | null;
  /** What it last said that it evaluated for each region on the day of `usageAt` in Amsterdam. */
  @Column('jsonb', { nullable: true }) usage: { region: string; elements: number }[] | null;
  @Column('timestamptz', { name: 'usage_at', nullable: true }) usageAt: Date | null;
}
