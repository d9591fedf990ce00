import { Injectable } from '@nestjs/common';
import { type Bsn } from '#libs/bsn';
import { dayInAmsterdam, momentInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { DataSource, In, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { Archive, ArchivedSignal } from '../archive/index.js';
import { Audit, AuditLine, SYSTEM } from '../audit/index.js';
import { Organisation, Professional, contactOf, locationOf, municipalitiesOf } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { BlindIndex } from '../keys/index.js';
import { Matches, Scenes } from '../matches/index.js';
import { Municipalities } from '../municipalities/index.js';
import { SignalRemoval } from '../signals/index.js';
import { SHARED, Signal, YouthRecords, type Youth } from '../youths/index.js';
import { mayAskAgain } from './rules/access-limit.rule.js';
import { answersFor, mayGiveAccess } from './rules/may-give-access.rule.js';
import { isRecipient, shownToYouth } from './rules/shown-to-youth.rule.js';
import type { SubjectAccessOverview } from './subject-access.dto.js';

/** Somebody who filed, with the municipality that made the agreement, by the code that is used today. */
interface Filer {
  professional: Professional;
  organisation: Organisation;
  municipality: string | null;
}

/** What is kept of a youth, and by whom it was filed. */
interface Kept {
  youth: Youth | null;
  signals: Signal[];
  archived: ArchivedSignal[];
  filers: Map<string, Filer>;
}

const NOTHING: SubjectAccessOverview = { signals: [], archived: [], recipients: [], logbook: [] };

/**
 * Rights of a youth and the parents, exercised through a process manager: to see what is kept, and to have it erased when the college so
 * decides. Who has nothing to do with a youth gets the same answer as when there is nothing.
 */
@Injectable()
export class SubjectAccess {
  constructor(
    private readonly dataSource: DataSource,
    private readonly youthRecords: YouthRecords,
    private readonly blindIndex: BlindIndex,
    private readonly scenes: Scenes,
    private readonly matches: Matches,
    private readonly removal: SignalRemoval,
    private readonly archive: Archive,
    private readonly registers: Registers,
    private readonly municipalities: Municipalities,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that this region keeps about a youth (AVG 15). The logbook says that it was asked.
   * @throws Problem `too-many-access-requests` until the next day
   */
  async overview(processManager: Professional, bsn: Bsn): Promise<SubjectAccessOverview> {
    return this.dataSource.transaction(async (manager) => {
      await this.refuseTooMany(manager, processManager);
      const kept = await this.keptFor(manager, processManager, bsn);
      const found = kept ? await this.shown(manager, kept) : NOTHING;
      await this.audit.record(manager, processManager.id, 'subject-access-given', {
        signals: found.signals.length + found.archived.length,
      });
      return found;
    });
  }

  /**
   * Ends the signals on a youth about which the process manager's college decides, and destroys what the archive holds (AVG 16, 17 and 21).
   */
  async erase(processManager: Professional, bsn: Bsn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const kept = await this.keptFor(manager, processManager, bsn);
      if (!kept) return;
      const own = await this.municipalitiesOf(manager, processManager);
      await this.removal.removeAll(
        manager,
        kept.signals
          .filter(({ professionalId }) => answersFor(own, kept.filers.get(professionalId)!.municipality))
          .map(({ id }) => id),
        'erased-on-request',
        processManager.id,
      );
      await this.archive.destroy(manager, bsn, processManager.id);
    });
    this.matches.wake();
  }

  private async municipalitiesOf(
    manager: EntityManager,
    processManager: Professional,
  ): Promise<(string | null)[]> {
    const own = await municipalitiesOf(manager, processManager);
    return own.map((code) => this.municipalities.now(code));
  }

  /** One request of a process manager at a time, so that none is overlooked. */
  private async refuseTooMany(manager: EntityManager, { subject }: Professional): Promise<void> {
    const designations = await manager.find(Professional, {
      where: { subject },
      order: { id: 'asc' },
      lock: { mode: 'pessimistic_write' },
    });
    const today = await manager.countBy(AuditLine, {
      ...{ actor: In(designations.map(({ id }) => id)), action: 'subject-access-given' },
      at: MoreThanOrEqual(momentInAmsterdam(dayInAmsterdam(this.clock.now()), '00:00')),
    });
    if (!mayAskAgain(today)) throw new Problem('too-many-access-requests');
  }

  /** Undefined when there is nothing, or nothing that this process manager handles. */
  private async keptFor(
    manager: EntityManager,
    processManager: Professional,
    bsn: Bsn,
  ): Promise<Kept | undefined> {
    const youth = await this.youthRecords.find(manager, bsn);
    const signals = youth
      ? await manager.find(Signal, {
          where: { youthId: youth.id, ...SHARED },
          order: { filedAt: 'asc', number: 'asc' },
        })
      : [];
    const archived = await manager.find(ArchivedSignal, {
      where: { youthIndex: this.blindIndex.of('youth', bsn) },
      order: { filedAt: 'asc', number: 'asc' },
    });
    if (signals.length + archived.length === 0) return undefined;
    const filers = await this.people(
      manager,
      [...signals, ...archived].map(({ professionalId }) => professionalId),
    );
    const organisations = [...filers.values()].map(({ municipality }) => municipality);
    const concerned = { home: this.municipalities.now(youth?.municipality ?? null), organisations };
    const own = await this.municipalitiesOf(manager, processManager);
    return mayGiveAccess(own, concerned) ? { youth, signals, archived, filers } : undefined;
  }

  private async shown(
    manager: EntityManager,
    { youth, signals, archived, filers }: Kept,
  ): Promise<SubjectAccessOverview> {
    const filer = (professionalId: string) => {
      const { professional, organisation } = filers.get(professionalId)!;
      const { name, function: function_, organisation: of } = contactOf(professional, organisation);
      return { name, function: function_, organisation: of };
    };
    const elsewhere = youth ? await this.recipients(manager, youth) : [];
    const othersInvolved = signals.length + elsewhere.length > 1;
    return {
      signals: signals.map(({ number, professionalId, filedAt, removalDate }) => ({
        ...{ number, ...filer(professionalId) },
        ...{ filedAt: filedAt.toISOString(), removalDate },
      })),
      archived: archived.map(({ number, professionalId, filedAt, endedAt, destroyOn }) => ({
        ...{ number, ...filer(professionalId), filedAt: filedAt.toISOString() },
        ...{ endedAt: endedAt.toISOString(), destroyOn },
      })),
      recipients: elsewhere,
      logbook: await this.logbook(
        manager,
        [...signals, ...archived].map(({ number }) => number),
        othersInvolved,
      ),
    };
  }

  /** Organisations of other regions with a signal on the same youth; those on brothers and sisters are about somebody else. */
  private async recipients(
    manager: EntityManager,
    { id }: Youth,
  ): Promise<SubjectAccessOverview['recipients']> {
    const { picture } = await this.scenes.of(manager, [id]);
    const shown = picture.viewsOf(id).flatMap(({ own, involved, yourself }) =>
      [
        ...involved
          .filter(({ kind, entry }) => isRecipient(kind, entry.region, own.region))
          .map(({ entry }) => entry),
        // by their own word only, so the youth hears of it
        ...yourself,
      ].map(({ contact, region }) => ({
        organisation: contact.organisation,
        region: this.registers.nameOf(region),
      })),
    );
    return [...new Map(shown.map((each) => [JSON.stringify(each), each])).values()];
  }

  private async logbook(
    manager: EntityManager,
    numbers: readonly string[],
    othersInvolved: boolean,
  ): Promise<SubjectAccessOverview['logbook']> {
    const lines = await manager
      .createQueryBuilder(AuditLine, 'l')
      .where(`l.fields ->> 'signal' in (:...numbers)`, { numbers })
      .orderBy('l.id')
      .getMany();
    const shown = lines.filter(({ action }) => shownToYouth(action, othersInvolved));
    const people = await this.people(
      manager,
      shown.map(({ actor }) => actor).filter((actor) => actor !== SYSTEM),
    );
    return shown.map(({ at, action, actor, fields }) => {
      const organisation = people.get(actor)?.organisation.name;
      return {
        ...{ at: at.toISOString(), action, signal: String(fields.signal) },
        ...(organisation === undefined ? {} : { organisation }),
      };
    });
  }

  private async people(manager: EntityManager, ids: readonly string[]): Promise<Kept['filers']> {
    const professionals = await manager.findBy(Professional, { id: In(ids) });
    const organisations = await manager.findBy(Organisation, {
      id: In(professionals.map(({ organisationId }) => organisationId)),
    });
    return new Map(
      professionals.map((professional) => {
        const organisation = organisations.find(({ id }) => id === professional.organisationId)!;
        const municipality = this.municipalities.now(
          locationOf(professional, organisation)?.municipality ?? organisation.municipality,
        );
        return [professional.id, { professional, organisation, municipality }];
      }),
    );
  }
}
