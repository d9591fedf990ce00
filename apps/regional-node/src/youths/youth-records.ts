import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Bsn } from '#libs/bsn';
import { Clock } from '#libs/clock';
import type { EntityManager } from 'typeorm';
import { SealingKey } from '#libs/sealing';
import { BlindIndex, type PersonRole } from '../keys/index.js';
import { Signal } from './signal.entity.js';
import { YouthParent } from './youth-parent.entity.js';
import { Youth } from './youth.entity.js';

/** A person as the database knows them: a role and a blind index of 32 bytes. */
export interface IndexedPerson {
  role: PersonRole;
  index: Buffer;
}

/** What is kept of a youth besides the signals. */
export interface YouthFacts {
  bsn: Bsn;
  parents: Bsn[];
  isProtected: boolean;
  residence?: { municipality: string; asOf?: string };
}

/**
 * Keeps a record of a youth, and of the parents by whom siblings are found, for as long as there is a signal.
 * Callers hold the locks of `lockPersons` on everyone concerned.
 */
@Injectable()
export class YouthRecords {
  constructor(
    private readonly sealingKey: SealingKey,
    private readonly blindIndex: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /** The record of the youth with this BSN, if there is a signal. */
  find(manager: EntityManager, bsn: Bsn): Promise<Youth | null> {
    return manager.findOneBy(Youth, { bsnIndex: this.blindIndex.of('youth', bsn) });
  }

  /** The youth and the parents in the record. */
  async personsOf(manager: EntityManager, youth: Youth): Promise<IndexedPerson[]> {
    const parents = await manager.findBy(YouthParent, { youthId: youth.id });
    return [
      { role: 'youth', index: youth.bsnIndex },
      ...parents.map(({ parentIndex }) => ({ role: 'parent' as const, index: parentIndex })),
    ];
  }

  /** Reveals whom a record is about, to ask the person register. */
  bsnOf(youth: Youth): Bsn {
    return Bsn.parse(this.sealingKey.open(`youth-bsn/${youth.id}`, youth.bsnSealed).toString());
  }

  /** Makes the record or brings it up to date. */
  async save(manager: EntityManager, { bsn, parents, isProtected, residence }: YouthFacts): Promise<Youth> {
    const facts = {
      isProtected,
      municipality: residence?.municipality ?? null,
      residenceAsOf: residence?.asOf ?? null,
      verifiedAt: this.clock.now(),
    };
    let youth = await this.find(manager, bsn);
    if (youth) {
      await manager.update(Youth, { id: youth.id }, facts);
      Object.assign(youth, facts);
    } else {
      const id = randomUUID();
      youth = manager.create(Youth, {
        ...facts,
        id,
        bsnSealed: this.sealingKey.seal(`youth-bsn/${id}`, Buffer.from(bsn.revealDigits())),
        bsnIndex: this.blindIndex.of('youth', bsn),
        createdAt: this.clock.now(),
      });
      await manager.insert(Youth, youth);
    }
    await this.saveParents(manager, youth, parents);
    return youth;
  }

  /** Removes the record, parents included, when no signal is left. */
  async removeUnused(manager: EntityManager, youth: Youth): Promise<void> {
    if (await manager.existsBy(Signal, { youthId: youth.id })) return;
    await manager.delete(Youth, { id: youth.id });
  }

  private async saveParents(manager: EntityManager, { id }: Youth, parents: Bsn[]): Promise<void> {
    const now = parents.map((bsn) => this.blindIndex.of('parent', bsn));
    const before = (await manager.findBy(YouthParent, { youthId: id })).map(({ parentIndex }) => parentIndex);
    const absentFrom = (list: Buffer[]) => (index: Buffer) => !list.some((other) => other.equals(index));
    for (const parentIndex of before.filter(absentFrom(now))) {
      await manager.delete(YouthParent, { youthId: id, parentIndex });
    }
    for (const parentIndex of now.filter(absentFrom(before))) {
      await manager.insert(YouthParent, { youthId: id, parentIndex });
    }
  }
}
