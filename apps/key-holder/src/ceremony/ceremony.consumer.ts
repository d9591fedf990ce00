import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Counter } from 'prom-client';
import { isSignedBy, MalformedMessage, parse, Signer, subjects } from '#libs/protocol';
import type { CeremonyStateAfterRound1 } from '#libs/pseudonyms';
import { KeyHolderConfig } from '../config.js';
import { Hub, type Question, type Reply } from '../hub/index.js';
import { Registers } from '../register/index.js';
import { KeyRing } from './key-ring.js';
import { CeremonyRequest } from './messages.js';

const rejected = new Counter({
  name: 'ceremony_requests_rejected_total',
  help: 'Requests in the key ceremony that got no answer, by reason',
  labelNames: ['reason'] as const,
});

/** Gives the other holders this one's part in the ceremony: only what stands in the database, and never starts anything. */
@Injectable()
export class CeremonyConsumer implements OnApplicationBootstrap {
  private readonly signer: Signer;

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly hub: Hub,
    private readonly registers: Registers,
    private readonly keys: KeyRing,
  ) {
    this.signer = new Signer({ privateKey: config.signingKey, publicKey: config.signingPublicKey });
  }

  onApplicationBootstrap(): void {
    this.hub.serve(subjects.ceremonyAll(this.config.keyHolder), (question) => this.answer(question));
  }

  private async answer({ asker, payload, signature }: Question): Promise<Reply | undefined> {
    const request = this.read(payload);
    if (!request || request.to !== this.config.keyHolder || request.from !== asker)
      return this.reject('malformed');
    const holder = this.registers.current?.keyHolders.find(({ id }) => id === asker);
    if (!holder || asker === this.config.keyHolder) return this.reject('not-registered');
    if (!isSignedBy(holder.signingKey, 'ceremony', payload, signature ?? ''))
      return this.reject('wrong-signature');
    const { epoch, step } = request;
    const part = await this.partIn(request);
    const reply = { v: 1, from: this.config.keyHolder, to: asker, epoch, step, ...part };
    const bytes = Buffer.from(JSON.stringify(reply), 'utf8');
    return { payload: bytes, signature: this.signer.sign('ceremony', bytes) };
  }

  private async partIn({ epoch, step, from }: CeremonyRequest): Promise<object> {
    const key = await this.keys.find(epoch);
    if (!key) return { refused: 'not-yet' };
    if (key.faultHolder) return { refused: 'stopped' };
    if (step === 'manifest') {
      if (!key.manifest) return { refused: 'not-yet' };
      return { document: key.manifest, signature: key.signatures![this.config.keyHolder] };
    }
    if (step === 'round1') {
      if (!key.stateSealed) return { refused: 'finished' };
      return { package: this.keys.stateOf<CeremonyStateAfterRound1>(key).own };
    }
    if (key.stage === 'round1') return { refused: 'not-yet' };
    const share = key.sharesForOthers?.[from];
    return share ? { share } : { refused: 'finished' };
  }

  private read(payload: Uint8Array): CeremonyRequest | undefined {
    try {
      return parse(CeremonyRequest, payload);
    } catch (error) {
      if (error instanceof MalformedMessage) return undefined;
      throw error;
    }
  }

  private reject(reason: string): undefined {
    rejected.inc({ reason });
    return undefined;
  }
}
