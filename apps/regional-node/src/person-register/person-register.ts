import { Injectable } from '@nestjs/common';
import type { Bsn } from '#libs/bsn';
import { SECOND } from '#libs/clock';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource } from 'typeorm';
import { Audit, type AuditActor } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { AUTHORITY_FIELD } from './authority.js';
import { FIELDS, NAME_FIELDS, registeredPersonOf, type RegisteredPerson } from './registered-person.js';
import { representativesBy, type Representatives } from './rules/representatives.rule.js';
import { searchPerson, type Answer, type PersonSearch, type SearchOutcome } from './search.js';

const TIMEOUT = 5 * SECOND;
/** The most numbers that one request may hold (BRP API Personen 2.7). */
export const BATCH = 20;

/** Who asks the register, and for what: goes into the logbook. */
export interface Consultation {
  actor: AuditActor;
  purpose: 'preview' | 'inform' | 'file' | 'link' | 'list' | 'renew' | 'verify';
}

export type LookUp =
  { outcome: 'found'; person: RegisteredPerson } | { outcome: 'not-found' } | { outcome: 'unavailable' };

/** By the nine digits; who is not in the register is not in it. */
export type PersonsByDigits = Map<string, RegisteredPerson>;

/**
 * The person register (BRP, API Personen 2.7, `POST /personen`).
 * Asks only the fields that are needed, waits five seconds at most, and has every consultation in the logbook:
 * who, when, for what and with which outcome; not whom.
 */
@Injectable()
export class PersonRegister {
  constructor(
    private readonly config: RegionalNodeConfig,
    private readonly audit: Audit,
    private readonly dataSource: DataSource,
    private readonly logger: ProgramLogger,
  ) {}

  async findByBsn(bsn: Bsn, consultation: Consultation): Promise<LookUp> {
    return this.recorded(consultation, personOf(await this.read([bsn], FIELDS)));
  }

  /** Finds the one person who is described. Nobody, several and a secret address are the same to the caller and the logbook. */
  async search(search: PersonSearch, consultation: Consultation): Promise<SearchOutcome> {
    return this.recorded(consultation, await searchPerson(search, (query) => this.ask(query)));
  }

  /**
   * Who the legal representatives of a minor are; undefined when the register does not say, when it does not answer, and in a region that is
   * not authorised to ask (`PERSON_REGISTER_AUTHORITY`), where nothing is asked.
   */
  async representativesOf(bsn: Bsn, consultation: Consultation): Promise<Representatives | undefined> {
    if (!this.config.personRegisterAuthority) return undefined;
    const answer = await this.read([bsn], ['burgerservicenummer', AUTHORITY_FIELD]);
    const lookUp = await this.recorded(consultation, personOf(answer));
    return lookUp.outcome === 'found'
      ? representativesBy(lookUp.person.authority, bsn.revealDigits())
      : undefined;
  }

  /** Name and birth date by the digits of the BSN; undefined when the register is unavailable. */
  namesOf(numbers: readonly Bsn[], consultation: Consultation): Promise<PersonsByDigits | undefined> {
    return this.all(numbers, NAME_FIELDS, consultation);
  }

  /** All that a signal needs, by the digits of the BSN; undefined when the register is unavailable. */
  personsOf(numbers: readonly Bsn[], consultation: Consultation): Promise<PersonsByDigits | undefined> {
    return this.all(numbers, FIELDS, consultation);
  }

  private async all(
    numbers: readonly Bsn[],
    fields: readonly string[],
    consultation: Consultation,
  ): Promise<PersonsByDigits | undefined> {
    const found: PersonsByDigits = new Map();
    for (let start = 0; start < numbers.length; start += BATCH) {
      const answer = await this.read(numbers.slice(start, start + BATCH), fields);
      if (typeof answer === 'string') {
        await this.record(consultation, 'unavailable', 0);
        return undefined;
      }
      for (const person of answer.persons) found.set(person.bsn.revealDigits(), person);
    }
    await this.record(consultation, 'found', found.size);
    return found;
  }

  private read(numbers: readonly Bsn[], fields: readonly string[]): Promise<Answer> {
    return this.ask({
      type: 'RaadpleegMetBurgerservicenummer',
      burgerservicenummer: numbers.map((bsn) => bsn.revealDigits()),
      fields,
    });
  }

  private async ask(query: Record<string, unknown>): Promise<Answer> {
    const { personRegisterUrl, personRegisterApiKey } = this.config;
    try {
      const response = await fetch(`${personRegisterUrl.replace(/\/+$/, '')}/personen`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          Accept: 'application/json',
          ...(personRegisterApiKey ? { 'X-API-KEY': personRegisterApiKey } : {}),
        },
        body: JSON.stringify(query),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const body = (await response.json()) as { code?: unknown; personen?: unknown };
      if (response.ok && Array.isArray(body.personen)) {
        return { persons: body.personen.flatMap((persoon) => registeredPersonOf(persoon) ?? []) };
      }
      if (response.status === 400 && body.code === 'tooManyResults') return 'too-many';
      this.logger.warning('person-register-refused', { status: response.status });
    } catch (error) {
      this.logger.warning('person-register-unavailable', { error: errorKind(error) });
    }
    return 'unavailable';
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
  if (typeof answer === 'string') return { outcome: 'unavailable' };
  const [person] = answer.persons;
  return person ? { outcome: 'found', person } : { outcome: 'not-found' };
}
