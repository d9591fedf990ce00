import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PersonKey } from '../handles/index.js';
import { BlindIndex } from '../keys/index.js';
import {
  lockPersons,
  YouthRecords,
  type DescribedPerson,
  type IndexedPerson,
  type YouthFacts,
} from '../youths/index.js';

/** A youth with the parents, as the person register names them. */
type Family = Pick<YouthFacts, 'bsn' | 'parents'>;

/** Holds a youth with everybody by whom siblings are found. */
@Injectable()
export class Families {
  constructor(
    private readonly youthRecords: YouthRecords,
    private readonly blindIndex: BlindIndex,
  ) {}

  /**
   * Locks a youth until the transaction ends: the youth and the parents, those of now and those in the record, and how the youth was
   * described.
   * @param person as the register names them; undefined without BSN
   * @returns who is there now, and whom the record named before
   */
  async lock(
    manager: EntityManager,
    person: Family | undefined,
    described?: DescribedPerson,
  ): Promise<{ persons: PersonKey[]; before: IndexedPerson[] }> {
    const persons: PersonKey[] = [
      ...(person ? this.registered(person) : []),
      ...(described ? [described] : []),
    ];
    const known = person && (await this.youthRecords.find(manager, person.bsn));
    const before = known ? await this.youthRecords.personsOf(manager, known) : [];
    await lockPersons(manager, await this.youthRecords.around(manager, [...persons, ...before]));
    return { persons, before };
  }

  private registered(person: Family): PersonKey[] {
    return [
      { role: 'youth', index: this.blindIndex.of('youth', person.bsn), bsn: person.bsn },
      ...person.parents.map((bsn) => ({
        role: 'parent' as const,
        index: this.blindIndex.of('parent', bsn),
        bsn,
      })),
    ];
  }
}
