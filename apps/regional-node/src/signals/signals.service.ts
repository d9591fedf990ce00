import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { birthdayLatest, dayInAmsterdam } from '#libs/bsn';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { Covenants, signatory, type CovenantDocument, type CovenantOrganisation } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { Handles, type PersonKey } from '../handles/index.js';
import { BlindIndex } from '../keys/index.js';
import { Matches } from '../matches/index.js';
import { PersonRegister, type RegisteredPerson } from '../person-register/index.js';
import { lockPersons, Signal, Youth, YouthRecords, type ParentsInformed } from '../youths/index.js';
import { birthDateText } from './birth-date-text.js';
import type {
  EndReason,
  FiledSignal,
  FileSignalRequest,
  OwnSignal,
  PreviewRequest,
  SignalPreview,
  YouthShown,
} from './dto/signal.dto.js';
import { informWhom } from './rules/inform-whom.rule.js';
import { mayFile } from './rules/may-file.rule.js';
import { removalDate } from './rules/removal-date.rule.js';
import { SignalRemoval } from './signal-removal.js';
import { ownsSignal } from './signals.access.js';
import { YouthIdentification } from './youth-identification.js';

/** What professionals do with their signals: see what filing would mean, file, list, end. One transaction each. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly identification: YouthIdentification,
    private readonly register: PersonRegister,
    private readonly youthRecords: YouthRecords,
    private readonly removal: SignalRemoval,
    private readonly handles: Handles,
    private readonly matches: Matches,
    private readonly audit: Audit,
    private readonly blindIndex: BlindIndex,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Shows whom a signal would be about and what others would see of the filer. Stores nothing but the logbook line. */
  async preview(professional: Professional, { youth }: PreviewRequest): Promise<SignalPreview> {
    const { covenant, organisation } = await this.filingOf(professional);
    const person = await this.identification.identify(youth, organisation, {
      actor: professional.id,
      purpose: 'preview',
    });
    const now = this.clock.now();
    return {
      youth: shown(person),
      othersWillSee: {
        name: professional.name,
        function: professional.function,
        organisation: organisation.name,
        kind: organisation.kind,
        phone: professional.phone,
        email: professional.email,
      },
      parentsCompared: person.parents.length,
      informWhom: informWhom(youth.birthDate, dayInAmsterdam(now)),
      removalDate: this.removalDateOf(covenant, person, now),
    };
  }

  /** Files a signal. Matches within the region are found in the same transaction; the national part is queued. */
  async file(
    professional: Professional,
    { youth, parentsInformed }: FileSignalRequest,
  ): Promise<FiledSignal> {
    const { covenant, organisation } = await this.filingOf(professional);
    const person = await this.identification.identify(youth, organisation, {
      actor: professional.id,
      purpose: 'file',
    });
    const signal = await this.dataSource.transaction((manager) =>
      this.store(manager, professional, covenant, person, parentsInformed),
    );
    this.matches.wake();
    this.logger.event('signal-filed', { parentsCompared: person.parents.length });
    const { id, number, removalDate: removal } = signal;
    return {
      id,
      number,
      filedAt: signal.filedAt.toISOString(),
      removalDate: removal,
      parentsCompared: person.parents.length,
      nationalPart: 'queued',
    };
  }

  /** The professional's own signals, the newest first; with names when asked, as far as the register answers. */
  async list(professional: Professional, expandYouth: boolean): Promise<OwnSignal[]> {
    const signals = await this.dataSource.manager.find(Signal, {
      where: { professionalId: professional.id },
      order: { filedAt: 'desc', id: 'asc' },
    });
    if (!expandYouth || signals.length === 0) return signals.map(own);
    const names = await this.namesOf(professional, signals);
    return signals.map((signal) => {
      const youth = names.get(signal.youthId);
      return { ...own(signal), ...(youth ? { youth } : { youthUnavailable: true as const }) };
    });
  }

  /** @throws Problem `not-found`, the same for a signal that is not there and one that is somebody else's. */
  async get(professional: Professional, id: string): Promise<OwnSignal> {
    return own(await this.ownSignal(professional, id));
  }

  /** Ends a signal, and with the last one everything that is known of the youth. @throws Problem `not-found` */
  async end(professional: Professional, id: string, reason: EndReason): Promise<void> {
    const signal = await this.ownSignal(professional, id);
    const ended = await this.dataSource.transaction((manager) =>
      this.removal.remove(manager, signal.id, reason, professional.id),
    );
    if (!ended) throw new Problem('not-found');
    this.matches.wake();
    this.logger.event('signal-ended', { reason });
  }

  private async store(
    manager: EntityManager,
    professional: Professional,
    covenant: CovenantDocument,
    person: RegisteredPerson,
    parentsInformed: ParentsInformed,
  ): Promise<Signal> {
    const persons: PersonKey[] = [
      { role: 'youth', index: this.blindIndex.of('youth', person.bsn), bsn: person.bsn },
      ...person.parents.map((bsn) => ({
        role: 'parent' as const,
        index: this.blindIndex.of('parent', bsn),
        bsn,
      })),
    ];
    // waits for a change of the filer's contact data, which does not know of this signal yet
    await manager.findOne(Professional, {
      where: { id: professional.id },
      lock: { mode: 'pessimistic_read' },
    });
    const known = await this.youthRecords.find(manager, person.bsn);
    const before = known ? await this.youthRecords.personsOf(manager, known) : [];
    await lockPersons(
      manager,
      [...persons, ...before].map(({ index }) => index),
    );
    const youth = await this.youthRecords.save(manager, person);
    const first = await manager.findOneBy(Signal, { youthId: youth.id, professionalId: professional.id });
    if (first) throw new Problem('signal-exists', { members: { signal: first.number } });
    const signal = await this.insert(manager, professional, covenant, person, youth, parentsInformed);
    await this.audit.record(manager, professional.id, 'signal-filed', {
      signal: signal.number,
      parentsInformed,
      parentsCompared: person.parents.length,
    });
    await this.handles.begin(manager, persons);
    await this.matches.settle(manager, [...persons, ...before]);
    return signal;
  }

  private async insert(
    manager: EntityManager,
    professional: Professional,
    covenant: CovenantDocument,
    person: RegisteredPerson,
    youth: Youth,
    parentsInformed: ParentsInformed,
  ): Promise<Signal> {
    const filedAt = this.clock.now();
    const [row] = await manager.query<{ n: string }[]>(`select nextval('signal_number') as n`);
    const signal = manager.create(Signal, {
      id: randomUUID(),
      number: `${covenant.shortName}-${dayInAmsterdam(filedAt).slice(0, 4)}-${row!.n.padStart(6, '0')}`,
      youthId: youth.id,
      professionalId: professional.id,
      entryId: randomUUID(),
      filedAt,
      removalDate: this.removalDateOf(covenant, person, filedAt),
      parentsInformed,
    });
    await manager.insert(Signal, signal);
    return signal;
  }

  /** @throws Problem that says why this professional may not file. */
  private async filingOf(
    professional: Professional,
  ): Promise<{ covenant: CovenantDocument; organisation: CovenantOrganisation }> {
    const { document: covenant } = await this.covenants.current();
    const organisation = signatory(covenant, professional.organisationId);
    const refusal = mayFile(professional, organisation);
    if (refusal || !organisation) throw new Problem(refusal ?? 'organisation-not-in-covenant');
    return { covenant, organisation };
  }

  private async ownSignal(professional: Professional, id: string): Promise<Signal> {
    const signal = isUUID(id) ? await this.dataSource.manager.findOneBy(Signal, { id }) : null;
    if (!signal || !ownsSignal(professional, signal)) throw new Problem('not-found');
    return signal;
  }

  private async namesOf(professional: Professional, signals: Signal[]): Promise<Map<string, YouthShown>> {
    const ids = signals.map(({ youthId }) => youthId);
    const youths = await this.dataSource.manager.findBy(Youth, { id: In(ids) });
    const numbers = youths.map((youth) => ({ id: youth.id, bsn: this.youthRecords.bsnOf(youth) }));
    const persons = await this.register.namesOf(
      numbers.map(({ bsn }) => bsn),
      { actor: professional.id, purpose: 'list' },
    );
    return new Map(
      numbers.flatMap(({ id, bsn }) => {
        const person = persons?.get(bsn.revealDigits());
        return person ? [[id, shown(person)] as const] : [];
      }),
    );
  }

  private removalDateOf(covenant: CovenantDocument, person: RegisteredPerson, filedAt: Date): string {
    return removalDate(
      dayInAmsterdam(filedAt),
      covenant.retentionMonths,
      birthdayLatest(person.birthDate, 23),
    );
  }
}

const shown = ({ name, birthDate }: RegisteredPerson): YouthShown => ({
  name,
  birthDate: birthDateText(birthDate),
});

const own = ({ id, number, filedAt, removalDate: removal, parentsInformed }: Signal): OwnSignal => ({
  id,
  number,
  filedAt: filedAt.toISOString(),
  removalDate: removal,
  parentsInformed,
});
