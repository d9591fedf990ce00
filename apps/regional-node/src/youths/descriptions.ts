import { Injectable } from '@nestjs/common';
import { SealingKey } from '#libs/sealing';
import { In, type EntityManager } from 'typeorm';
import { BlindIndex } from '../keys/index.js';
import { canonicalDescription, type YouthDescription } from './rules/canonical-description.rule.js';
import { SignalDescription } from './signal-description.entity.js';

/** A description as youths without BSN are compared by it. */
export interface DescribedPerson {
  role: 'described';
  index: Buffer;
  /** In its canonical form. */
  description: string;
}

/** Keeps by what signals on youths without BSN were filed. */
@Injectable()
export class Descriptions {
  constructor(
    private readonly sealingKey: SealingKey,
    private readonly blindIndex: BlindIndex,
  ) {}

  /** What a youth is compared by; undefined for a surname that cannot be. */
  personOf(youth: YouthDescription): DescribedPerson | undefined {
    const description = canonicalDescription(youth);
    if (description === undefined) return undefined;
    return { role: 'described', index: this.blindIndex.ofDescription(description), description };
  }

  async keep(
    manager: EntityManager,
    signalId: string,
    { surname, birthDate, sex }: YouthDescription,
    { index }: DescribedPerson,
  ): Promise<void> {
    const text = JSON.stringify({ surname, birthDate, sex });
    await manager.insert(SignalDescription, {
      signalId,
      descriptionSealed: this.sealingKey.seal(purpose(signalId), Buffer.from(text, 'utf8')),
      descriptionIndex: index,
    });
  }

  /** By what these signals were filed, by their ids; those on a youth who had a BSN are left out. */
  async of(manager: EntityManager, signalIds: readonly string[]): Promise<Map<string, YouthDescription>> {
    const kept = await manager.findBy(SignalDescription, { signalId: In(signalIds) });
    return new Map(kept.map((each) => [each.signalId, this.reveal(each)]));
  }

  private reveal({ signalId, descriptionSealed }: SignalDescription): YouthDescription {
    return JSON.parse(
      this.sealingKey.open(purpose(signalId), descriptionSealed).toString('utf8'),
    ) as YouthDescription;
  }
}

const purpose = (signalId: string): string => `signal-description/${signalId}`;
