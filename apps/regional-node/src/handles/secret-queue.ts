import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { headers } from '@nats-io/transport-node';
import { Clock, SECOND } from '#libs/clock';
import { HubConnection, Outbox, OutboxSender, remaining } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import {
  EvaluationRefusal,
  EvaluationReply,
  MalformedMessage,
  RELAY,
  SIGNATURE_HEADER,
  Signer,
  parse,
  subjects,
  type KeyManifest,
} from '#libs/protocol';
import {
  MAX_BATCH,
  NotEnoughKeyHolders,
  SodiumOprf,
  ThresholdEvaluation,
  describedYouthInput,
  personInput,
  type Evaluation,
} from '#libs/pseudonyms';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Manifests, RegionKeys, ReleaseWindow } from '../federation/index.js';
import { SealingKey } from '#libs/sealing';
import { Loop } from '#libs/loop';
import { Handle } from './handle.entity.js';
import { personOf, putOf, tagKey, type PersonRef } from './handles.js';

const FIRST_RETRY = 1 * SECOND;
const LAST_RETRY = 30 * SECOND;

/** A key holder answered, with a refusal. */
class Refused extends Error {
  override name = 'Refused';
}

/** Who acts on secrets that become known: holds the persons first, then does what follows. */
export interface SecretListener {
  lock?(manager: EntityManager, persons: readonly PersonRef[]): Promise<void>;
  settle(manager: EntityManager, persons: readonly PersonRef[]): Promise<void>;
}

/**
 * Brings persons that wait before the key holders and publishes their tags.
 *
 * Who waits? Handles without a secret; with fewer than two key holders reachable they go on waiting, and nothing else does: local
 * matching never needs this. No blind is kept, a retry blinds anew.
 *
 * What happens when the secret is there? In one transaction it is sealed into the handle's row, the number is forgotten, and the tag is
 * queued for the relay: a youth's at once, a parent's at a random moment, so that simultaneous arrivals do not draw a family tree; one of the
 * archive as well, so that it is not seen to follow the end of a signal.
 *
 * What if the signal ended meanwhile? The row is gone, and the answer is dropped.
 */
@Injectable()
export class SecretQueue implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;
  private readonly signer: Signer;
  private evaluation?: { epoch: number; run: ThresholdEvaluation };
  private readonly listeners: SecretListener[] = [];
  private retryAfter = FIRST_RETRY;
  private notBefore = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly outbox: Outbox,
    private readonly sender: OutboxSender,
    private readonly manifests: Manifests,
    private readonly release: ReleaseWindow,
    private readonly sealingKey: SealingKey,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
    keys: RegionKeys,
  ) {
    this.signer = new Signer(keys.signing);
    this.loop = new Loop(
      () => this.pass(),
      SECOND / 2,
      (error) => this.failed(error),
    );
    hub.onUp(() => {
      this.notBefore = 0;
      this.loop.wake();
    });
  }

  onApplicationBootstrap(): void {
    this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Somebody waits: look now. */
  wake(): void {
    this.loop.wake();
  }

  /** Calls the listener in the transaction in which secrets of persons become known. */
  onSecrets(listener: SecretListener): void {
    this.listeners.push(listener);
  }

  private async pass(): Promise<void> {
    const manifest = this.manifests.current();
    if (!manifest || !this.hub.isUp() || performance.now() < this.notBefore) return;
    while (!this.loop.stopping) {
      const waiting = await this.dataSource.manager.find(Handle, {
        where: { secret: IsNull() },
        order: { createdAt: 'asc' },
        take: MAX_BATCH,
      });
      if (waiting.length === 0) return;
      const evaluation = await this.evaluationOf(manifest);
      const secrets = await evaluation.evaluate(
        waiting.map((handle) => {
          const input = this.sealingKey
            .open(`handle-input/${handle.handle.toString('hex')}`, handle.pendingInput!)
            .toString('ascii');
          if (handle.role === 'described') return describedYouthInput(input);
          // a probe goes as a youth: nobody outside is to tell it from one; and who is in the archive is one
          const role = handle.role === 'parent' ? 'parent' : 'youth';
          return personInput(role, 'bsn', input);
        }),
      );
      await this.dataSource.transaction(async (manager) => {
        // before the first row is touched: somebody who files holds the persons, and waits for rows
        for (const listener of this.listeners) await listener.lock?.(manager, waiting.map(personOf));
        const known: PersonRef[] = [];
        for (const [at, handle] of waiting.entries()) {
          const secret = secrets[at]!;
          const sealed = this.sealingKey.seal(
            `handle-secret/${handle.handle.toString('hex')}`,
            secret.revealBytes(),
          );
          const { affected } = await manager.update(
            Handle,
            { handle: handle.handle, secret: IsNull() },
            { secret: sealed, pendingInput: null, epoch: manifest.epoch },
          );
          if (!affected) continue;
          known.push(personOf(handle));
          const isBlurred = handle.role === 'parent' || handle.role === 'archive';
          const delay = isBlurred ? this.release.next() : this.probeDelay(handle);
          await this.outbox.enqueue(
            manager,
            RELAY,
            'tag.put',
            putOf({ ...handle, epoch: manifest.epoch }, secret),
            { coalesceKey: tagKey(handle.handle), delay },
          );
        }
        for (const listener of this.listeners) await listener.settle(manager, known);
      });
      this.retryAfter = FIRST_RETRY;
      this.sender.wake();
      this.logger.event('persons-evaluated', { count: waiting.length });
    }
  }

  private probeDelay({ createdAt, putNotBefore }: Handle): number {
    return putNotBefore ? remaining(createdAt, putNotBefore, this.clock.now()) : 0;
  }

  private failed(error: unknown): void {
    this.notBefore = performance.now() + this.retryAfter;
    this.retryAfter = Math.min(LAST_RETRY, this.retryAfter * 2);
    if (error instanceof NotEnoughKeyHolders)
      this.logger.warning('key-holders-awaited', { answered: error.answered, needed: error.threshold });
    else this.logger.warning('evaluation-failed', { kind: errorKind(error) });
  }

  private async evaluationOf(manifest: KeyManifest): Promise<ThresholdEvaluation> {
    if (this.evaluation?.epoch !== manifest.epoch) {
      const shares = [...manifest.publicShares].sort((a, b) => a.index - b.index);
      const run = new ThresholdEvaluation(
        await SodiumOprf.load(),
        {
          threshold: manifest.threshold,
          publicShares: shares.map((share) => Buffer.from(share.publicShare, 'base64url')),
        },
        (index, elements) => this.ask(shares[index - 1]!.keyHolder, manifest.epoch, elements),
        this.clock,
        {
          onFault: ({ holder, kind }) =>
            this.logger.warning(
              kind === 'wrong-proof' ? 'key-holder-proves-wrongly' : 'key-holder-unavailable',
              {
                keyHolder: shares[holder - 1]!.keyHolder,
              },
            ),
        },
      );
      this.evaluation = { epoch: manifest.epoch, run };
    }
    return this.evaluation.run;
  }

  private async ask(keyHolder: string, epoch: number, elements: Uint8Array[]): Promise<Evaluation> {
    const request = {
      v: 1,
      region: this.config.region,
      keyHolder,
      epoch,
      requestId: randomUUID(),
      issuedAt: this.clock.now().toISOString(),
      elements: elements.map((element) => Buffer.from(element).toString('base64url')),
    };
    const payload = Buffer.from(JSON.stringify(request), 'utf8');
    const head = headers();
    head.set(SIGNATURE_HEADER, this.signer.sign('evaluation', payload));
    const connection = await this.hub.now();
    const reply = await connection.request(subjects.evaluate(keyHolder, this.config.region), payload, {
      headers: head,
      timeout: 2 * SECOND,
    });
    const answer = this.read(keyHolder, reply.data);
    if (answer.requestId !== request.requestId || answer.evaluated.length !== elements.length)
      throw new MalformedMessage('another request');
    return {
      evaluated: answer.evaluated.map((element) => Buffer.from(element, 'base64url')),
      proof: Buffer.from(answer.proof, 'base64url'),
    };
  }

  private read(keyHolder: string, data: Uint8Array): EvaluationReply {
    try {
      return parse(EvaluationReply, data, 'dropped');
    } catch {
      const { refused } = parse(EvaluationRefusal, data);
      this.logger.warning('key-holder-refused', { keyHolder, reason: refused });
      throw new Refused(refused);
    }
  }
}
