import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { MOST_ERRORS, Problem, type InvalidParam } from '#libs/problems';
import { DataSource, In, IsNull, Like, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { Covenants, functionFault, functionsOf } from '../covenant/index.js';
import { type ContactChange, HELD, Organisation, Professional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { ContactChanges } from './contact-changes.service.js';
import { ContactsService } from './contacts.service.js';
import type { ImportedPeople, ImportLine } from './dto/import.dto.js';
import { LACKS_ZEROS, lacksZeros } from './people-cells.js';
import { NoPeopleCsv, readPeople, type PersonOnLine, type ReadLine } from './people-csv.js';
import { PersonProposals } from './person-proposals.js';
import { looksAfter } from './professionals.access.js';

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
    private readonly contactChanges: ContactChanges,
    private readonly proposals: PersonProposals,
    private readonly covenants: Covenants,
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
    const ids = [...known.values()].map(({ id }) => id);
    const unconfirmed = await this.contactChanges.waiting(manager, ids);
    const undesignated = await this.proposals.aboutDesignationOf(manager, ids);
    const organisations = await manager.find(Organisation);
    const { document } = await this.covenants.current(manager);
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
      if (mayEnter) {
        const listed = functionsOf(document, organisation);
        const fault = functionFault('function', person.function, listed, before?.function);
        if (fault) say(fault.name, fault.code, fault.reason);
      }
      if (before && before.departedOn !== null)
        say('subject', 'taken', 'Dit kenmerk is van iemand die is vertrokken.');
      if (isOperator && !before && person.subject === actor.subject)
        say('subject', 'oneself', 'Laat een andere beheerder dit voor u doen.');
      if (!before && lacksZeros(person.subject, withZeros))
        say('subject', LACKS_ZEROS.code, LACKS_ZEROS.reason);
      planned.push({
        ...{ line: line.line, person, wrong },
        changes: before
          ? changesOf(lastEntered(before, unconfirmed.get(before.id), undesignated), person)
          : {},
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
        await this.change(manager, actor, known, changes);
        await this.audit.record(manager, actor.id, 'professional-changed', {
          professional: known.id,
          fields,
        });
        changed.push(known);
      }
      if (!known) {
        const id = randomUUID();
        const speaks = speaksForOrganisation(actor, person.organisation);
        await manager.insert(Professional, {
          ...{ id, ...valuesOf(person), subject: person.subject, organisationId: person.organisation },
          designated: person.designated === 'ja' && speaks,
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
            contactWaitsSince: this.clock.now(),
          },
        });
        await this.audit.record(manager, actor.id, 'professional-added', { professional: id });
        if (person.designated === 'ja' && !speaks)
          await this.proposals.propose(manager, actor, 'designation', { id });
      }
    }
    await this.matches.retell(manager, ...changed);
  }

  private async change(
    manager: EntityManager,
    actor: Professional,
    known: Professional,
    changes: Partial<Professional>,
  ): Promise<void> {
    const { id, organisationId } = known;
    const { designated, ...counting } = await this.contactChanges.enter(manager, actor, known, changes);
    const waits = designated === true && !speaksForOrganisation(actor, organisationId);
    if (designated !== undefined) await this.proposals.forget(manager, id, 'designation');
    if (waits) await this.proposals.propose(manager, actor, 'designation', known);
    const entered = {
      ...counting,
      ...(designated === undefined || waits ? {} : { designated }),
      ...this.contacts.enteredNow(Object.keys(counting)),
    };
    if (Object.keys(entered).length > 0) await manager.update(Professional, { id }, entered);
  }
}

/** An organisation says itself who is designated: through its coordinator, not through the operator. */
const speaksForOrganisation = (actor: Professional, organisationId: string): boolean =>
  actor.roles.includes('coordinator') && looksAfter(actor, { organisationId });

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

function changesOf(
  before: Pick<Professional, (typeof FIELDS)[number]>,
  person: PersonOnLine,
): Partial<Professional> {
  const values: Partial<Professional> = valuesOf(person);
  return Object.fromEntries(
    FIELDS.filter((field) => values[field] !== undefined && before[field] !== values[field]).map((field) => [
      field,
      values[field],
    ]),
  );
}

/** Somebody as they were entered last, whether it was confirmed or not: entering it again changes nothing. */
function lastEntered(
  before: Professional,
  change: ContactChange | undefined,
  undesignated: ReadonlySet<string>,
): Pick<Professional, (typeof FIELDS)[number]> {
  return {
    ...before,
    ...(change && change.phone !== null ? { phone: change.phone } : {}),
    ...(change && change.email !== null ? { email: change.email } : {}),
    ...(undesignated.has(before.id) ? { designated: true } : {}),
  };
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
