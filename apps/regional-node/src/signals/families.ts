import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PersonKey } from '../handles/index.js';
import { BlindIndex } from '../keys/index.js';
import type { RegisteredPerson } from '../person-register/index.js';
import { lockPersons, YouthRecords, type IndexedPerson } from '../youths/index.js';

/** Holds a youth with everybody by whom siblings are found. */
@Injectable()
export class Families {
  constructor(
    private readonly youthRecords: YouthRecords,
    private readonly blindIndex: BlindIndex,
  ) {}

  /**
   * Locks the youth and the parents, those of now and those in the record, until the transaction ends.
   * @returns whom the register names now, and whom the record named before
   */
  async lock(
    manager: EntityManager,
    person: RegisteredPerson,
  ): Promise<{ persons: PersonKey[]; before: IndexedPerson[] }> {
    const persons: PersonKey[] = [
      { role: 'youth', index: this.blindIndex.of('youth', person.bsn), bsn: person.bsn },
      ...person.parents.map((bsn) => ({
        role: 'parent' as const,
        index: this.blindIndex.of('parent', bsn),
        bsn,
      })),
    ];
    const known = await this.youthRecords.find(manager, person.bsn);
    const before = known ? await this.youthRecords.personsOf(manager, known) : [];
    await lockPersons(
      manager,
      [...persons, ...before].map(({ index }) => index),
    );
    return { persons, before };
  }
}
