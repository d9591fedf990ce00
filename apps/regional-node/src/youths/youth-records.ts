import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Bsn } from '#libs/bsn';
import { birthdayLatest, dayInAmsterdam, type Day, type RegisterDate } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { In, type EntityManager } from 'typeorm';
import { SealingKey } from '#libs/sealing';
import { BlindIndex, type PersonRole } from '../keys/index.js';
import { keepsBirthday } from './rules/keeps-birthday.rule.js';
import { Signal } from './signal.entity.js';
import { YouthParent } from './youth-parent.entity.js';
import { Youth } from './youth.entity.js';

/** A person as the database knows them: a role and a blind index of 32 bytes. Who is described alike need not be one person. */
export interface IndexedPerson {
  role: PersonRole | 'described';
  index: Buffer;
}

/** What is kept of a youth besides the signals. */
export interface YouthFacts {
  bsn: Bsn;
  parents: Bsn[];
  birthDate: RegisterDate;
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

  /** Everybody by whom signals on this youth are found: the youth, the parents in the record, and how the youth was described. */
  async personsOf(manager: EntityManager, youth: Pick<Youth, 'id' | 'bsnIndex'>): Promise<IndexedPerson[]> {
    const parents = await manager.findBy(YouthParent, { youthId: youth.id });
    const described = await manager.query<{ index: Buffer }[]>(
      `select distinct d.description_index as index from signal_description d join signal s on s.id = d.signal_id
       where s.youth_id = $1`,
      [youth.id],
    );
    return [
      ...(youth.bsnIndex ? [{ role: 'youth' as const, index: youth.bsnIndex }] : []),
      ...parents.map(({ parentIndex }) => ({ role: 'parent' as const, index: parentIndex })),
      ...described.map(({ index }) => ({ role: 'described' as const, index })),
    ];
  }

  /** The persons of the youths with these ids, those who are gone left out. */
  async personsOfAll(manager: EntityManager, youthIds: readonly string[]): Promise<IndexedPerson[]> {
    const persons: IndexedPerson[] = [];
    for (const youth of await manager.findBy(Youth, { id: In(youthIds) }))
      persons.push(...(await this.personsOf(manager, youth)));
    return persons;
  }

  /**
   * The blind indexes of these persons, of all persons of the youths among them, and of those of the youths who are described so: whom to
   * hold with them.
   */
  async around(
    manager: EntityManager,
    persons: readonly { role: string; index: Buffer }[],
  ): Promise<Buffer[]> {
    const indexes = (role: string) =>
      persons.filter((person) => person.role === role).map((person) => person.index);
    const others = await manager.query<{ index: Buffer }[]>(
      `with around as (
         select id, bsn_index from youth where bsn_index = any($1)
         union select y.id, y.bsn_index from youth y join signal s on s.youth_id = y.id
           join signal_description d on d.signal_id = s.id where d.description_index = any($2)
       )
       select bsn_index as index from around where bsn_index is not null
       union select p.parent_index from youth_parent p join around on around.id = p.youth_id
       union select d.description_index from signal_description d join signal s on s.id = d.signal_id
         join around on around.id = s.youth_id`,
      [indexes('youth'), indexes('described')],
    );
    return [...persons, ...others].map(({ index }) => index);
  }

  /** Reveals whom a record is about, to ask the person register; undefined for a youth without BSN. */
  bsnOf(youth: Youth): Bsn | undefined {
    if (!youth.bsnSealed) return undefined;
    return Bsn.parse(this.sealingKey.open(`youth-bsn/${youth.id}`, youth.bsnSealed).toString());
  }

  /** The day on which the youth is 23 at the latest, `YYYY-MM-DD`, as far as it is kept. */
  birthday23Of({ id, birthday23Sealed }: Youth): Day | undefined {
    return birthday23Sealed
      ? this.sealingKey.open(`youth-birthday/${id}`, birthday23Sealed).toString()
      : undefined;
  }

  /** Makes the record of a youth without BSN, for one signal. */
  async saveDescribed(manager: EntityManager): Promise<Youth> {
    const now = this.clock.now();
    const nothing = {
      ...{ bsnSealed: null, bsnIndex: null, birthday23Sealed: null },
      ...{ municipality: null, residenceAsOf: null },
    };
    const youth = manager.create(Youth, {
      ...{ id: randomUUID(), ...nothing, isProtected: false, verifiedAt: now, createdAt: now },
    });
    await manager.insert(Youth, youth);
    return youth;
  }

  /** Makes the record or brings it up to date. */
  async save(manager: EntityManager, youthFacts: YouthFacts): Promise<Youth> {
    const { bsn, parents, birthDate, isProtected, residence } = youthFacts;
    let youth = await this.find(manager, bsn);
    const id = youth?.id ?? randomUUID();
    const facts = {
      isProtected,
      birthday23Sealed: this.sealedBirthday(id, birthDate),
      municipality: residence?.municipality ?? null,
      residenceAsOf: residence?.asOf ?? null,
      verifiedAt: this.clock.now(),
    };
    if (youth) {
      await manager.update(Youth, { id }, facts);
      Object.assign(youth, facts);
    } else {
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

  /** Seals what the register said when a held signal was filed, until it is shared. */
  sealFacts(signalId: string, { bsn, parents, birthDate, isProtected, residence }: YouthFacts): Buffer {
    const [digits, ...parentDigits] = [bsn, ...parents].map((each) => each.revealDigits());
    const facts = { bsn: digits, parents: parentDigits, birthDate, isProtected, residence };
    return this.sealingKey.seal(sharingPurpose(signalId), Buffer.from(JSON.stringify(facts)));
  }

  /** What the register said when a held signal was filed; undefined for one that was filed without BSN. */
  factsOf({ id, sharingSealed }: Pick<Signal, 'id' | 'sharingSealed'>): YouthFacts | undefined {
    if (!sharingSealed) return undefined;
    const sealed = this.sealingKey.open(sharingPurpose(id), sharingSealed).toString();
    const facts = JSON.parse(sealed) as Omit<YouthFacts, 'bsn' | 'parents'> & {
      bsn: string;
      parents: string[];
    };
    return { ...facts, bsn: Bsn.parse(facts.bsn), parents: facts.parents.map((digits) => Bsn.parse(digits)) };
  }

  /** Removes the record, parents included, when no signal is left. */
  async removeUnused(manager: EntityManager, youth: Youth): Promise<void> {
    if (await manager.existsBy(Signal, { youthId: youth.id })) return;
    await manager.delete(Youth, { id: youth.id });
  }

  private sealedBirthday(id: string, birthDate: RegisterDate): Buffer | null {
    const birthday23 = birthdayLatest(birthDate, 23);
    return birthday23 !== undefined && keepsBirthday(birthday23, dayInAmsterdam(this.clock.now()))
      ? this.sealingKey.seal(`youth-birthday/${id}`, Buffer.from(birthday23))
      : null;
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

const sharingPurpose = (signalId: string): string => `signal-sharing/${signalId}`;
