import { Injectable } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { KeyManifest, parse, type SignedManifest } from '#libs/protocol';
import type { CeremonyStateAfterRound1, CeremonyStateAfterRound2, KeyShare } from '#libs/pseudonyms';
import { KeyHolderConfig } from '../config.js';
import { SealingKey } from '#libs/sealing';
import { EpochKey, type FaultKind, type Stage } from './epoch-key.entity.js';
import type { SealedShare } from './messages.js';

/** A share that may be used: every holder signed the manifest that it belongs to. Scalars and elements of 32 B. */
export interface UsableKey {
  epoch: number;
  share: Uint8Array;
  publicShare: Uint8Array;
  manifest: SignedManifest;
}

/**
 * Keeps the key of each epoch in the database, the secrets sealed. Every step is one statement that only the stage before
 * allows, so of two instances, or of a process before and after a crash, one moves on and the other reads what it did.
 */
@Injectable()
export class KeyRing {
  private readonly keys: Repository<EpochKey>;
  private readonly usable = new Map<number, UsableKey>();

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly sealingKey: SealingKey,
    dataSource: DataSource,
  ) {
    this.keys = dataSource.getRepository(EpochKey);
  }

  /** The key of an epoch as far as it is. */
  find(epoch: number): Promise<EpochKey | null> {
    return this.keys.findOneBy({ epoch });
  }

  /** The key of an epoch once it is ready, its share opened. */
  async usableIn(epoch: number): Promise<UsableKey | undefined> {
    const known = this.usable.get(epoch);
    if (known) return known;
    const key = await this.find(epoch);
    if (key?.stage !== 'ready') return undefined;
    const manifest = parse(KeyManifest, Buffer.from(key.manifest!, 'utf8'));
    const own = manifest.publicShares.find(({ keyHolder }) => keyHolder === this.config.keyHolder)!;
    const usable = {
      epoch,
      share: this.sealingKey.open(this.purpose('share', epoch), key.shareSealed!),
      publicShare: Buffer.from(own.publicShare, 'base64url'),
      manifest: {
        document: key.manifest!,
        signatures: Object.entries(key.signatures!).map(([keyHolder, signature]) => ({
          keyHolder,
          signature,
        })),
      },
    };
    this.usable.set(epoch, usable);
    return usable;
  }

  /** The state of a ceremony that has not come to a share yet. */
  stateOf<State extends CeremonyStateAfterRound1 | CeremonyStateAfterRound2>(key: EpochKey): State {
    const opened = this.sealingKey.open(this.purpose('ceremony', key.epoch), key.stateSealed!);
    return JSON.parse(opened.toString('utf8')) as State;
  }

  /** Begins the only ceremony of an epoch. Whether it was this call that did. */
  async begin(epoch: number, state: CeremonyStateAfterRound1): Promise<boolean> {
    const inserted = await this.keys
      .createQueryBuilder()
      .insert()
      .values({ epoch, stage: 'round1', stateSealed: this.sealed(epoch, state) })
      .orIgnore()
      .returning('epoch')
      .execute();
    return (inserted.raw as unknown[]).length === 1;
  }

  async afterRound2(
    epoch: number,
    state: CeremonyStateAfterRound2,
    sharesForOthers: Record<string, SealedShare>,
  ): Promise<boolean> {
    return this.move(epoch, 'round1', {
      stage: 'round2',
      stateSealed: this.sealed(epoch, state),
      sharesForOthers,
    });
  }

  /** Keeps the share, and destroys the state that it was made from. */
  async afterRound3(
    epoch: number,
    { share }: KeyShare,
    manifest: string,
    signature: string,
  ): Promise<boolean> {
    return this.move(epoch, 'round2', {
      stage: 'manifest',
      stateSealed: null,
      shareSealed: this.sealingKey.seal(this.purpose('share', epoch), share),
      manifest,
      signatures: { [this.config.keyHolder]: signature },
    });
  }

  /** All signed, so all have their share: what was sealed for them is destroyed. */
  async complete(epoch: number, signatures: Record<string, string>): Promise<boolean> {
    return this.move(epoch, 'manifest', { stage: 'ready', signatures, sharesForOthers: null });
  }

  /** Stops the ceremony of an epoch for good, and destroys what it had. */
  async stop(epoch: number, holder: string, kind: FaultKind): Promise<void> {
    await this.keys
      .createQueryBuilder()
      .update()
      .set({
        faultHolder: holder,
        faultKind: kind,
        stateSealed: null,
        sharesForOthers: null,
        shareSealed: null,
      })
      .where(`epoch = :epoch and stage <> 'ready' and fault_holder is null`, { epoch })
      .execute();
  }

  private async move(epoch: number, from: Stage, to: Partial<EpochKey>): Promise<boolean> {
    const { affected } = await this.keys
      .createQueryBuilder()
      .update()
      .set(to)
      .where('epoch = :epoch and stage = :from and fault_holder is null', { epoch, from })
      .execute();
    return affected === 1;
  }

  private sealed(epoch: number, state: CeremonyStateAfterRound1): Buffer {
    return this.sealingKey.seal(this.purpose('ceremony', epoch), Buffer.from(JSON.stringify(state), 'utf8'));
  }

  private purpose(what: 'ceremony' | 'share', epoch: number): string {
    return purposeOf(this.config.keyHolder, what, epoch);
  }
}

/** What a holder's sealed values of an epoch are sealed for. */
export const purposeOf = (keyHolder: string, what: 'ceremony' | 'share', epoch: number): string =>
  `${what}/${keyHolder}/${epoch}`;
