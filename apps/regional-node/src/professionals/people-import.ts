import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { MOST_ERRORS, Problem, type InvalidParam } from '#libs/problems';
import { DataSource, In, IsNull, Like, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { HELD, Organisation, Professional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { ContactsService } from './contacts.service.js';
import type { ImportedPeople, ImportLine } from './dto/import.dto.js';
import { LACKS_ZEROS, lacksZeros } from './people-cells.js';
import { NoPeopleCsv, readPeople, type PersonOnLine, type ReadLine } from './people-csv.js';

/** Lines that are checked at a stretch, before others have their turn. */
const SLICE = 50;
const FIELDS = ['name', 'function', 'phone', 'email', 'designated', 'locationId'] as const;

/** A line with what would be done. */
interface PlannedLine extends ReadLine {
  /** Who has this subject in the organisation of the line. */
  known?: Professional;
  changes: Partial<Professional>;
}

/**
 * Enters people from a file: all of it or nothing, with a report of every line.
 *
 * Somebody is known by subject and organisation. What they are in other organisations makes no difference, so the answer does not tell of it.
 */
@Injectable()
export class PeopleImport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly contacts: ContactsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @param actor an operator, for all organisations, or a coordinator, for the own one
   * @throws Problem `invalid-input` when the file cannot be read at all
   */
  async import(actor: Professional, csv: string, dryRun: boolean): Promise<ImportedPeople> {
    const read = await readLines(csv);
    const report = await this.dataSource.transaction(async (manager) => {
      const lines = await this.plan(manager, actor, read);
      const imported = !dryRun && lines.every(({ wrong }) => wrong.length === 0);
      if (imported) await this.carryOut(manager, actor, lines);
      return { imported, lines: reported(lines) };
    });
    this.matches.wake();
    return report;
  }

  private async plan(
    manager: EntityManager,
    actor: Professional,
    read: readonly ReadLine[],
  ): Promise<PlannedLine[]> {
    const known = new Map(
      (
        await manager.find(Professional, {
          where: { subject: In(read.map(({ person }) => person.subject)) },
          order: { id: 'asc' },
          lock: HELD,
        })
      ).map((professional) => [keyOf(professional.subject, professional.organisationId), professional]),
    );
    const organisations = await manager.find(Organisation);
    const isOperator = actor.roles.includes('operator');
    const withZeros = await this.subjectsWithZeros(manager, isOperator ? undefined : actor.organisationId);
    const entered = new Set<string>();
    const meant = new Map<string, Organisation | undefined>();
    const organisationOf = (written: string) => {
      if (!meant.has(written)) meant.set(written, meantBy(written, organisations));
      return meant.get(written);
    };
    const planned: PlannedLine[] = [];
    for (const line of read) {
      if (planned.length % SLICE === SLICE - 1) await setImmediate();
      const organisation = organisationOf(line.person.organisation);
      const mayEnter = organisation !== undefined && (isOperator || organisation.id === actor.organisationId);
      const location = meantBy(line.person.location ?? '', organisation?.locations ?? []);
      const person = {
        ...line.person,
        ...(organisation ? { organisation: organisation.id } : {}),
        ...(location ? { location: location.id } : {}),
      };
      const key = keyOf(person.subject, person.organisation);
      const before = mayEnter ? known.get(key) : undefined;
      const isSecond = entered.has(key);
      entered.add(key);
      const wrong = [...line.wrong];
      // one error a field, and none of fields that lie outside their columns: the first tells most
      const say = (name: string, code: string, reason: string) =>
        wrong.some((told) => told.name === name || told.name === 'line') ||
        wrong.push({ name, code, reason });
      if (isSecond) say('subject', 'unique', 'Deze persoon staat al op een eerdere regel.');
      if (!mayEnter)
        say('organisation', 'unknown', 'Deze organisatie is er niet, of u beheert haar mensen niet.');
      else if (person.location && !location)
        say('location', 'unknown', 'Deze locatie heeft de organisatie niet.');
      if (before && before.departedOn !== null)
        say('subject', 'taken', 'Dit kenmerk is van iemand die is vertrokken.');
      if (isOperator && !before && person.subject === actor.subject)
        say('subject', 'oneself', 'Laat een andere beheerder dit voor u doen.');
      if (!before && lacksZeros(person.subject, withZeros))
        say('subject', LACKS_ZEROS.code, LACKS_ZEROS.reason);
      planned.push({
        ...{ line: line.line, person, wrong },
        changes: before ? changesOf(before, person) : {},
        ...(before ? { known: before } : {}),
      });
    }
    return planned;
  }

  /** Subjects that begin with a zero, of the people of an organisation or of all. */
  private async subjectsWithZeros(manager: EntityManager, organisationId?: string): Promise<string[]> {
    const people = await manager.find(Professional, {
      select: { subject: true },
      where: {
        ...{ subject: Like('0%'), departedOn: IsNull() },
        ...(organisationId === undefined ? {} : { organisationId }),
      },
    });
    return people.map(({ subject }) => subject);
  }

  private async carryOut(manager: EntityManager, actor: Professional, lines: PlannedLine[]): Promise<void> {
    const changed: Professional[] = [];
    for (const { person, known, changes } of lines) {
      const fields = Object.keys(changes);
      if (known && fields.length > 0) {
        await manager.update(
          Professional,
          { id: known.id },
          { ...changes, ...this.contacts.enteredNow(fields) },
        );
        await this.audit.record(manager, actor.id, 'professional-changed', {
          professional: known.id,
          fields,
        });
        changed.push(known);
      }
      if (!known) {
        const id = randomUUID();
        await manager.insert(Professional, {
          ...{ id, ...valuesOf(person), subject: person.subject, organisationId: person.organisation },
          ...{
            roles: ['professional'],
            municipality: null,
            departedOn: null,
            locationId: person.location || null,
          },
          ...{
            contactConfirmedOn: dayInAmsterdam(this.clock.now()),
            contactRemindedOn: null,
            emailRefusedAt: null,
          },
        });
        await this.audit.record(manager, actor.id, 'professional-added', { professional: id });
      }
    }
    await this.matches.retell(manager, ...changed);
  }
}

/** Tells designations apart. */
const keyOf = (subject: string, organisation: string): string => `${subject} ${organisation}`;

async function readLines(csv: string): Promise<ReadLine[]> {
  try {
    const lines: ReadLine[] = [];
    for (const line of readPeople(csv)) {
      lines.push(line);
      if (lines.length % SLICE === 0) await setImmediate();
    }
    return lines;
  } catch (error) {
    if (!(error instanceof NoPeopleCsv)) throw error;
    const invalidParams = error.reasons.map((reason) => ({ name: 'csv', ...reason }));
    throw new Problem('invalid-input', { invalidParams });
  }
}

const valuesOf = ({ name, function: role, phone, email, designated, location }: PersonOnLine) => ({
  ...{ name, function: role, phone, email },
  designated: designated === 'ja',
  // without the column nothing is said of it
  ...(location === undefined ? {} : { locationId: location || null }),
});

function changesOf(before: Professional, person: PersonOnLine): Partial<Professional> {
  const values: Partial<Professional> = valuesOf(person);
  return Object.fromEntries(
    FIELDS.filter((field) => values[field] !== undefined && before[field] !== values[field]).map((field) => [
      field,
      values[field],
    ]),
  );
}

/** What somebody means by a key, or by a name that no other has. */
function meantBy<T extends { id: string; name: string }>(written: string, all: readonly T[]): T | undefined {
  const plain = written.toLowerCase();
  const named = all.filter(({ name }) => name.toLowerCase() === plain);
  return all.find(({ id }) => id === plain) ?? (named.length === 1 ? named[0] : undefined);
}

/** Every line with its outcome, and the first errors. */
function reported(lines: readonly PlannedLine[]): ImportLine[] {
  let left = MOST_ERRORS;
  return lines.map(({ line, person, wrong, known, changes }) => {
    const told = wrong.slice(0, left);
    left -= told.length;
    return {
      line,
      // a name with something wrong is not repeated
      ...(wrong.some(({ name }) => name === 'name' || name === 'line') ? {} : { name: person.name }),
      outcome: outcomeOf(wrong, known, changes),
      ...(told.length > 0 ? { wrong: told } : {}),
    };
  });
}

function outcomeOf(
  wrong: InvalidParam[],
  known: Professional | undefined,
  changes: object,
): ImportLine['outcome'] {
  if (wrong.length > 0) return 'refused';
  if (!known) return 'added';
  return Object.keys(changes).length > 0 ? 'changed' : 'unchanged';
}
