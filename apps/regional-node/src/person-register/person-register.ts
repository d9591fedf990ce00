import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Bsn } from '#libs/bsn';
import { ProgramLogger } from '#libs/observability';
import { DataSource } from 'typeorm';
import { Audit, type AuditActor } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import type { AskedFieldName } from './asked-fields.js';
import { AUTHORITY_FIELD } from './authority.js';
import { RegisterConnection, type RegisterQuery } from './register-connection.js';
import { RegisterState } from './register-state.js';
import {
  FIELDS,
  NAME_FIELDS,
  OddRecord,
  registeredPersonOf,
  type RegisteredPerson,
} from './registered-person.js';
import { representativesBy, type Representatives } from './rules/representatives.rule.js';
import { searchPerson, type Answer, type PersonSearch, type SearchOutcome } from './search.js';

/** The most numbers that one request may hold (BRP API Personen 2.7). */
export const BATCH = 20;

/** Who asks the register, and for what: goes into the logbook. */
export interface Consultation {
  actor: AuditActor;
  purpose: 'preview' | 'inform' | 'file' | 'link' | 'list' | 'renew' | 'verify' | 'erase';
}

export type LookUp =
  | { outcome: 'found'; person: RegisteredPerson }
  | { outcome: 'not-found' }
  /** No answer now; a later question may have one. */
  | { outcome: 'unavailable' }
  /** The register refuses until somebody changes a setting or an authorisation; the operators know. */
  | { outcome: 'refused' };

/** By the nine digits; who is not in the register is not in it. */
export type PersonsByDigits = Map<string, RegisteredPerson>;

/** What the register said of many persons. */
export interface PersonsRead {
  /** Who was found. */
  persons: PersonsByDigits;
  /** About whom it gave no answer that can be read. */
  unanswered: readonly Bsn[];
}

/** What came of a question, with the kind of failure, and with entries that cannot be read. */
type RawAnswer =
  { persons: RegisteredPerson[]; odd: number } | 'too-many' | 'refused' | 'unreadable' | 'unreachable';

/** After so many questions without any answer in a row the register counts as away. */
const SILENT_IN_A_ROW = 2;

/**
 * The person register (BRP, API Personen 2.7, `POST /personen`).
 * Asks only the fields that are needed, and has every consultation in the logbook: who, when, for what and with which outcome; not whom.
 * Takes no answer about somebody else than asked. An entry that cannot be read costs that entry only.
 */
@Injectable()
export class PersonRegister implements OnApplicationBootstrap {
  constructor(
    private readonly connection: RegisterConnection,
    private readonly state: RegisterState,
    private readonly config: RegionalNodeConfig,
    private readonly audit: Audit,
    private readonly dataSource: DataSource,
    private readonly logger: ProgramLogger,
  ) {}

  onApplicationBootstrap(): void {
    const off = this.config.personRegisterFieldsOff;
    if (off.length > 0) this.logger.warning('person-register-fields-off', { fields: off.join(' ') });
  }

  async findByBsn(bsn: Bsn, consultation: Consultation): Promise<LookUp> {
    return this.recorded(consultation, personOf(await this.read([bsn], FIELDS, consultation)));
  }

  /** Finds the one person who is described. Nobody, several and a secret address are the same to the caller and the logbook. */
  async search(search: PersonSearch, consultation: Consultation): Promise<SearchOutcome> {
    const ask = async (query: RegisterQuery) => simple(await this.askRaw(query, consultation));
    return this.recorded(consultation, await searchPerson(search, ask));
  }

  /**
   * Who the legal representatives of a minor are; undefined when the register does not say, when it does not answer, and in a region that is
   * not authorised to ask (`PERSON_REGISTER_AUTHORITY`), where nothing is asked.
   */
  async representativesOf(bsn: Bsn, consultation: Consultation): Promise<Representatives | undefined> {
    if (!this.config.personRegisterAuthority) return undefined;
    const answer = await this.read([bsn], ['burgerservicenummer', AUTHORITY_FIELD], consultation);
    const lookUp = await this.recorded(consultation, personOf(answer));
    return lookUp.outcome === 'found'
      ? representativesBy(lookUp.person.authority, bsn.revealDigits())
      : undefined;
  }

  /** Name and birth date by the digits of the BSN; undefined when the register tells of nobody. */
  async namesOf(numbers: readonly Bsn[], consultation: Consultation): Promise<PersonsByDigits | undefined> {
    const read = await this.all(numbers, NAME_FIELDS, consultation);
    return typeof read === 'string' || read.unanswered.length === numbers.length ? undefined : read.persons;
  }

  /** All that a signal needs. */
  personsOf(
    numbers: readonly Bsn[],
    consultation: Consultation,
  ): Promise<PersonsRead | 'unavailable' | 'refused'> {
    return this.all(numbers, FIELDS, consultation);
  }

  private async all(
    numbers: readonly Bsn[],
    fields: readonly AskedFieldName[],
    consultation: Consultation,
  ): Promise<PersonsRead | 'unavailable' | 'refused'> {
    const persons: PersonsByDigits = new Map();
    const unanswered: Bsn[] = [];
    for (let start = 0; start < numbers.length; start += BATCH) {
      const read = await this.batch(numbers.slice(start, start + BATCH), fields, consultation);
      if (typeof read === 'string') {
        await this.record(consultation, read, 0);
        return read;
      }
      for (const [digits, person] of read.persons) persons.set(digits, person);
      unanswered.push(...read.unanswered);
    }
    await this.record(consultation, 'found', persons.size);
    return { persons, unanswered };
  }

  /** Asks about twenty persons at most. When that fails they are asked one by one, so that one odd record stops nobody else. */
  private async batch(
    numbers: readonly Bsn[],
    fields: readonly AskedFieldName[],
    consultation: Consultation,
  ): Promise<PersonsRead | 'unavailable' | 'refused'> {
    const together = await this.readRaw(numbers, fields, consultation);
    if (typeof together !== 'string') return personsRead(numbers, together);
    if (together === 'refused') return 'refused';
    if (numbers.length === 1) return together === 'unreachable' ? 'unavailable' : nobody(numbers);
    const persons: PersonsByDigits = new Map();
    const unanswered: Bsn[] = [];
    let silent = together === 'unreachable' ? 1 : 0;
    // those who were asked first keep failing longest, so begin at the other end
    for (const bsn of [...numbers].reverse()) {
      const answer =
        silent < SILENT_IN_A_ROW ? await this.readRaw([bsn], fields, consultation) : 'unreachable';
      if (answer === 'refused') return 'refused';
      silent = answer === 'unreachable' ? silent + 1 : 0;
      const read = typeof answer === 'string' ? nobody([bsn]) : personsRead([bsn], answer);
      for (const [digits, person] of read.persons) persons.set(digits, person);
      unanswered.push(...read.unanswered);
    }
    return silent >= SILENT_IN_A_ROW && unanswered.length === numbers.length
      ? 'unavailable'
      : { persons, unanswered };
  }

  private async read(
    numbers: readonly Bsn[],
    fields: readonly AskedFieldName[],
    consultation: Consultation,
  ): Promise<Answer> {
    return simple(await this.readRaw(numbers, fields, consultation));
  }

  private async readRaw(
    numbers: readonly Bsn[],
    fields: readonly AskedFieldName[],
    consultation: Consultation,
  ): Promise<RawAnswer> {
    const answer = await this.askRaw(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: numbers.map((bsn) => bsn.revealDigits()),
        fields,
      },
      consultation,
    );
    if (typeof answer === 'string') return answer;
    const asked = answer.persons.filter(({ bsn }) => numbers.some((number) => number.equals(bsn)));
    return { ...answer, persons: firstOfEach(asked) };
  }

  private async askRaw(query: RegisterQuery, { actor }: Consultation): Promise<RawAnswer> {
    const fields = query.fields.filter((name) => !this.config.personRegisterFieldsOff.includes(name));
    const answer = await this.connection.ask({ ...query, fields }, actor);
    await this.state.heard(`${query.type} ${fields.join(' ')}`, answer);
    return answer.outcome === 'answered' ? this.personsIn(answer.persons) : answer.outcome;
  }

  private personsIn(entries: readonly unknown[]): { persons: RegisteredPerson[]; odd: number } {
    const persons: RegisteredPerson[] = [];
    let odd = 0;
    for (const entry of entries) {
      try {
        const person = registeredPersonOf(entry);
        if (person) persons.push(person);
      } catch (error) {
        if (!(error instanceof OddRecord)) throw error;
        odd += 1;
        this.logger.warning('person-register-odd-record', { place: error.message });
      }
    }
    return { persons, odd };
  }

  private async recorded<Outcome extends { outcome: string }>(
    consultation: Consultation,
    lookUp: Outcome,
  ): Promise<Outcome> {
    await this.record(consultation, lookUp.outcome, lookUp.outcome === 'found' ? 1 : 0);
    return lookUp;
  }

  private record({ actor, purpose }: Consultation, outcome: string, persons: number): Promise<void> {
    return this.audit.record(this.dataSource.manager, actor, 'person-register-consulted', {
      purpose,
      outcome,
      persons,
    });
  }
}

function personOf(answer: Answer): LookUp {
  if (typeof answer === 'string') return { outcome: answer === 'refused' ? 'refused' : 'unavailable' };
  const [person] = answer.persons;
  return person ? { outcome: 'found', person } : { outcome: 'not-found' };
}

const simple = (answer: RawAnswer): Answer =>
  answer === 'unreadable' || answer === 'unreachable' ? 'unavailable' : answer;

/** Who is missing beside an entry that could not be read may be that entry. */
function personsRead(
  asked: readonly Bsn[],
  { persons, odd }: { persons: RegisteredPerson[]; odd: number },
): PersonsRead {
  const found = new Map(persons.map((person) => [person.bsn.revealDigits(), person]));
  const missing = asked.filter((bsn) => !found.has(bsn.revealDigits()));
  return { persons: found, unanswered: odd > 0 ? missing : [] };
}

const nobody = (unanswered: readonly Bsn[]): PersonsRead => ({ persons: new Map(), unanswered });

const firstOfEach = (persons: RegisteredPerson[]): RegisteredPerson[] =>
  persons.filter(({ bsn }, place) => persons.findIndex((other) => other.bsn.equals(bsn)) === place);
