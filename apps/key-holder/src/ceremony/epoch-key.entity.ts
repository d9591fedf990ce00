import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SealedShare } from './messages.js';

/** How far the key of an epoch is: only forward, and each step stands here before anything of it is sent. */
export const STAGES = ['round1', 'round2', 'manifest', 'ready'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * The key of one epoch, as this holder has it. One row per epoch for ever, so an epoch has one ceremony and one share.
 *
 * `round1`: own polynomial drawn. `round2`: the packages of all holders accepted, the shares for them made.
 * `manifest`: own share computed, state of the ceremony gone. `ready`: all holders signed the same manifest; the share may be used.
 */
@Entity('epoch_key')
export class EpochKey {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'epoch_key_pkey' }) epoch: number;
  @Column('text') stage: Stage;
  /** State of the ceremony, sealed under the share key; from `round1` until `manifest`. */
  @Column('bytea', { name: 'state_sealed', nullable: true }) stateSealed: Buffer | null;
  /** By holder, each sealed for that holder; from `round2` until `ready`. This holder itself cannot open them. */
  @Column('jsonb', { name: 'shares_for_others', nullable: true }) sharesForOthers: Record<
    string,
    SealedShare
  > | null;
  /** The own share of the key, sealed under the share key; from `manifest`. */
  @Column('bytea', { name: 'share_sealed', nullable: true }) shareSealed: Buffer | null;
  /** The exact text of the manifest; from `manifest`. */
  @Column('text', { nullable: true }) manifest: string | null;
  /** Signatures on the manifest by holder: the own from `manifest`, all from `ready`. */
  @Column('jsonb', { nullable: true }) signatures: Record<string, string> | null;
  /** Who stopped this ceremony, and how: nothing goes on after that. */
  @Column('text', { name: 'fault_holder', nullable: true }) faultHolder: string | null;
  @Column('text', { name: 'fault_kind', nullable: true }) faultKind: FaultKind | null;
}

/** What stops a ceremony for good. */
export type FaultKind = 'bad-package' | 'bad-share' | 'other-manifest';
