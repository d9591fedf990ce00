import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HubConnection } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import {
  isSignedBy,
  parse,
  Signer,
  subjects,
  type KeyManifest,
  type RegionRegister,
  type RegisteredKeyHolder,
} from '#libs/protocol';
import {
  CeremonyFault,
  KeyCeremony,
  type CeremonyPackage,
  type CeremonySeat,
  type CeremonyShare,
  type CeremonyStateAfterRound1,
  type CeremonyStateAfterRound2,
  type KeyShare,
} from '#libs/pseudonyms';
import { KeyHolderConfig } from '../config.js';
import { Hub } from '../hub/index.js';
import { Loop } from '#libs/loop';
import { Registers } from '../register/index.js';
import type { EpochKey, FaultKind } from './epoch-key.entity.js';
import { KeyRing } from './key-ring.js';
import {
  CeremonyRefusal,
  ManifestReply,
  PackageReply,
  ShareReply,
  type CeremonyRequest,
  type Step,
} from './messages.js';
import { openShare, sealShare } from './share-envelope.js';

const BETWEEN_TRIES = 500;

/** Another holder has no part for us yet, or is not there; the ceremony goes on later. */
class Waiting extends Error {
  constructor(
    readonly holder: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Another holder broke the protocol: this ceremony is over. */
class Stopped extends Error {
  constructor(
    readonly holder: string,
    readonly kind: FaultKind,
  ) {
    super(kind);
  }
}

/**
 * Makes this holder's share of the key of the register's epoch, together with all other registered holders.
 *
 * **How does it go?** Each holder pulls what it lacks from the others, step by step, and answers for the steps it has taken
 * itself ({@link CeremonyConsumer}): packages, then shares, then signatures on the manifest. So nobody has to start first.
 *
 * **What if a process dies?** A step stands in the database before anything of it can be asked for. The next start reads
 * how far it was and goes on; the same parts are asked and given again.
 *
 * **What if somebody cheats?** A bad package, a bad share or another manifest stops the ceremony of this epoch for good and
 * names the holder; who stopped gives nothing more to anybody. The remedy is a register with a next epoch.
 *
 * **What if the database is lost?** Then so is the share, and there is no second one for the epoch: the others have finished.
 */
@Injectable()
export class Ceremony implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly signer: Signer;
  private readonly loop = new Loop(
    () => this.advance(),
    () => BETWEEN_TRIES,
    (error) => this.say('ceremony-failed', { error: errorKind(error) }),
  );
  /** The epoch that needs nothing more from this process. */
  private settled?: number;
  private said = '';

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly hub: Hub,
    private readonly connection: HubConnection,
    private readonly registers: Registers,
    private readonly keys: KeyRing,
    private readonly logger: ProgramLogger,
  ) {
    this.signer = new Signer({ privateKey: config.signingKey, publicKey: config.signingPublicKey });
  }

  onApplicationBootstrap(): void {
    this.registers.onChange(() => this.loop.wake());
    this.connection.onUp(() => this.loop.wake());
    this.loop.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  private async advance(): Promise<void> {
    const register = this.registers.current;
    if (!register) return this.say('ceremony-waits', { reason: 'no-register' });
    const seat = this.seatIn(register);
    if (!seat) return this.say('ceremony-waits', { reason: 'not-registered' });
    const { epoch } = register;
    if (epoch === this.settled) return;
    try {
      let key = (await this.keys.find(epoch)) ?? (await this.round1(epoch, seat));
      if (key.faultHolder) throw new Stopped(key.faultHolder, key.faultKind!);
      if (key.stage === 'round1') key = await this.round2(key, seat, register);
      if (key.stage === 'round2') key = await this.round3(key, seat, register);
      if (key.stage === 'manifest') await this.collectSignatures(key, register);
      this.settled = epoch;
    } catch (error) {
      if (error instanceof Waiting) {
        this.say('ceremony-waits', { epoch, holder: error.holder, reason: error.reason });
      } else if (error instanceof Stopped) {
        await this.keys.stop(epoch, error.holder, error.kind);
        this.settled = epoch;
        this.say('ceremony-stopped', { epoch, holder: error.holder, kind: error.kind });
      } else throw error;
    }
  }

  private async round1(epoch: number, seat: CeremonySeat): Promise<EpochKey> {
    if (await this.keys.begin(epoch, KeyCeremony.round1(seat).state)) this.tell('round1', epoch);
    return this.reread(epoch);
  }

  private async round2(key: EpochKey, seat: CeremonySeat, register: RegionRegister): Promise<EpochKey> {
    const { epoch } = key;
    const state = this.keys.stateOf<CeremonyStateAfterRound1>(key);
    this.assertSameSeat(state.seat, seat);
    const packages = await this.fromOthers(register, async (holder): Promise<CeremonyPackage> => {
      const reply = await this.ask(holder, epoch, 'round1', PackageReply);
      if (reply.package.index !== holder.index) throw new Stopped(holder.id, 'bad-package');
      return reply.package;
    });
    const outcome = naming(register, () => KeyCeremony.round2(state, [state.own, ...packages]));
    const sealed = await Promise.all(
      outcome.shares.map(async ({ to, share }) => {
        const holder = register.keyHolders.find(({ index }) => index === to)!;
        const binding = { epoch, from: this.config.keyHolder, to: holder.id };
        return [holder.id, await sealShare(share, binding, this.sealingPair, holder.sealingKey)] as const;
      }),
    );
    if (await this.keys.afterRound2(epoch, outcome.state, Object.fromEntries(sealed)))
      this.tell('round2', epoch);
    return this.reread(epoch);
  }

  private async round3(key: EpochKey, seat: CeremonySeat, register: RegionRegister): Promise<EpochKey> {
    const { epoch } = key;
    const state = this.keys.stateOf<CeremonyStateAfterRound2>(key);
    this.assertSameSeat(state.seat, seat);
    const shares = await this.fromOthers(register, async (holder): Promise<CeremonyShare> => {
      const reply = await this.ask(holder, epoch, 'round2', ShareReply);
      const binding = { epoch, from: holder.id, to: this.config.keyHolder };
      try {
        const share = await openShare(reply.share, binding, this.sealingPair, holder.sealingKey);
        return { from: holder.index, to: seat.index, share };
      } catch {
        throw new Stopped(holder.id, 'bad-share');
      }
    });
    const share = naming(register, () => KeyCeremony.round3(state, shares));
    const manifest = manifestOf(epoch, share, register);
    const signature = this.signer.sign('manifest', Buffer.from(manifest, 'utf8'));
    if (await this.keys.afterRound3(epoch, share, manifest, signature)) this.tell('manifest', epoch);
    return this.reread(epoch);
  }

  private async collectSignatures(key: EpochKey, register: RegionRegister): Promise<void> {
    const { epoch, manifest } = key;
    const theirs = await this.fromOthers(register, async (holder) => {
      const { document, signature } = await this.ask(holder, epoch, 'manifest', ManifestReply);
      const same = document === manifest;
      if (!same || !isSignedBy(holder.signingKey, 'manifest', Buffer.from(document, 'utf8'), signature))
        throw new Stopped(holder.id, 'other-manifest');
      return [holder.id, signature] as const;
    });
    const signatures = { ...key.signatures, ...Object.fromEntries(theirs) };
    if (await this.keys.complete(epoch, signatures)) this.logger.event('share-ready', { epoch });
    await this.reread(epoch);
  }

  /** One part of every other holder, or none at all. */
  private fromOthers<Part>(
    register: RegionRegister,
    part: (holder: RegisteredKeyHolder) => Promise<Part>,
  ): Promise<Part[]> {
    return Promise.all(register.keyHolders.filter(({ id }) => id !== this.config.keyHolder).map(part));
  }

  private async ask<Reply extends CeremonyRequest>(
    holder: RegisteredKeyHolder,
    epoch: number,
    step: Step,
    type: new () => Reply,
  ): Promise<Reply> {
    const question: CeremonyRequest = { v: 1, from: this.config.keyHolder, to: holder.id, epoch, step };
    const payload = Buffer.from(JSON.stringify(question), 'utf8');
    const subject = subjects.ceremony(holder.id, this.config.keyHolder);
    const answer = await this.hub
      .ask(subject, payload, this.signer.sign('ceremony', payload))
      .catch((error: unknown) => {
        throw new Waiting(holder.id, errorKind(error));
      });
    if (!isSignedBy(holder.signingKey, 'ceremony', answer.payload, answer.signature ?? ''))
      throw new Waiting(holder.id, 'wrong-signature');
    const reply = readReply(type, answer.payload);
    if (!reply) throw new Waiting(holder.id, 'malformed');
    const fits =
      reply.from === holder.id && reply.to === question.from && reply.epoch === epoch && reply.step === step;
    if (!fits) throw new Waiting(holder.id, 'not-an-answer');
    if (reply instanceof CeremonyRefusal) throw new Waiting(holder.id, reply.refused);
    return reply;
  }

  private seatIn(register: RegionRegister): CeremonySeat | undefined {
    const own = register.keyHolders.find(({ id }) => id === this.config.keyHolder);
    const mine =
      own?.signingKey === this.config.signingPublicKey && own.sealingKey === this.config.sealingPublicKey;
    if (!own || !mine) return undefined;
    return { index: own.index, holders: register.keyHolders.length, threshold: register.threshold };
  }

  private assertSameSeat(before: CeremonySeat, now: CeremonySeat): void {
    const same =
      before.index === now.index && before.holders === now.holders && before.threshold === now.threshold;
    if (!same) throw new Waiting(this.config.keyHolder, 'register-changed-within-the-epoch');
  }

  private async reread(epoch: number): Promise<EpochKey> {
    const key = await this.keys.find(epoch);
    if (key!.faultHolder) throw new Stopped(key!.faultHolder, key!.faultKind!);
    return key!;
  }

  private get sealingPair() {
    return { privateKey: this.config.sealingKey, publicKey: this.config.sealingPublicKey };
  }

  private tell(step: Step, epoch: number): void {
    this.logger.event('ceremony-step', { step, epoch });
  }

  /** Says what holds the ceremony up, once until it is something else. */
  private say(event: string, fields: Record<string, string | number>): void {
    const line = JSON.stringify([event, fields]);
    if (line !== this.said) this.logger.warning(event, fields);
    this.said = line;
  }
}

function readReply<Reply extends object>(
  type: new () => Reply,
  payload: Uint8Array,
): Reply | CeremonyRefusal | undefined {
  for (const candidate of [type, CeremonyRefusal]) {
    try {
      return parse<Reply | CeremonyRefusal>(candidate, payload);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Runs a round, and says by name what it says by index. */
function naming<Outcome>(register: RegionRegister, round: () => Outcome): Outcome {
  try {
    return round();
  } catch (error) {
    if (!(error instanceof CeremonyFault)) throw error;
    const culprit = register.keyHolders.find(({ index }) => index === error.holder)!;
    throw new Stopped(culprit.id, error.kind);
  }
}

/** The text that all holders sign: fields in this order, holders by index, so that it is the same byte for byte. */
function manifestOf(epoch: number, key: KeyShare, register: RegionRegister): string {
  const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  const holders = [...register.keyHolders].sort((a, b) => a.index - b.index);
  const manifest: KeyManifest = {
    v: 1,
    epoch,
    threshold: key.threshold,
    groupKey: encoded(key.groupKey),
    publicShares: holders.map(({ id, index }) => ({
      keyHolder: id,
      index,
      publicShare: encoded(key.publicShares[index - 1]!),
    })),
    transcriptHash: encoded(key.transcriptHash),
  };
  return JSON.stringify(manifest);
}
