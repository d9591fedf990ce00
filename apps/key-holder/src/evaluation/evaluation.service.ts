import { Injectable } from '@nestjs/common';
import {
  admittedRegion,
  EvaluationRequest,
  isSignedBy,
  MalformedMessage,
  parse,
  type EvaluationReply,
  type RegisteredRegion,
} from '#libs/protocol';
import { ElementsRejected, SodiumOprf } from '#libs/pseudonyms';
import { KeyRing, type UsableKey } from '../ceremony/index.js';
import { KeyHolderConfig } from '../config.js';
import type { Question } from '../hub/index.js';
import { Registers } from '../register/index.js';
import { Ledger } from './ledger.js';
import { Refused } from './refused.js';

/** Evaluates blinded elements for admitted regions, within their quota. Sees elements only, which are uniformly random. */
@Injectable()
export class EvaluationService {
  constructor(
    private readonly config: KeyHolderConfig,
    private readonly registers: Registers,
    private readonly keys: KeyRing,
    private readonly ledger: Ledger,
    private readonly suite: SodiumOprf,
  ) {}

  /** @throws Refused by the first of these that fails: form, addressee, sender, admission, signature, epoch, request id, quota, elements. */
  async evaluate({ asker, payload, signature }: Question): Promise<EvaluationReply> {
    const request = this.read(payload);
    if (request.keyHolder !== this.config.keyHolder || request.region !== asker)
      throw new Refused('malformed');
    const region = await this.admitted(request.region);
    if (!isSignedBy(region.signingKey, 'evaluation', payload, signature ?? ''))
      throw new Refused('wrong-signature');
    const key = await this.keyIn(request.epoch);
    const { requestId } = request;
    const elements = request.elements.map((element) => Buffer.from(element, 'base64url'));
    const booking = {
      region: region.id,
      requestId,
      payload,
      elements: elements.length,
      dailyQuota: region.dailyQuota,
    };
    const { outcome, quotaLeft } = await this.ledger.booked(booking, () => this.multiplied(key, elements));
    return {
      v: 1,
      requestId,
      evaluated: outcome.evaluated.map((element) => Buffer.from(element).toString('base64url')),
      proof: Buffer.from(outcome.proof).toString('base64url'),
      quotaLeft,
    };
  }

  private read(payload: Uint8Array): EvaluationRequest {
    try {
      return parse(EvaluationRequest, payload);
    } catch (error) {
      if (error instanceof MalformedMessage) throw new Refused('malformed');
      throw error;
    }
  }

  private async admitted(id: string): Promise<RegisteredRegion> {
    const find = () => this.registers.current && admittedRegion(this.registers.current, id);
    let region = find();
    if (!region) {
      await this.registers.refresh();
      region = find();
    }
    if (!region) throw new Refused('not-admitted');
    return region;
  }

  private async keyIn(epoch: number): Promise<UsableKey> {
    const present = this.registers.current!.epoch;
    if (epoch !== present) throw new Refused('wrong-epoch');
    const key = await this.keys.usableIn(present);
    if (!key) throw new Refused('no-key');
    return key;
  }

  private multiplied({ share, publicShare }: UsableKey, elements: Uint8Array[]) {
    try {
      return this.suite.evaluate(share, publicShare, elements);
    } catch (error) {
      if (error instanceof ElementsRejected) throw new Refused('malformed');
      throw error;
    }
  }
}
