import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { birthdayLatest, dayInAmsterdam } from '#libs/bsn';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Archive } from '../archive/index.js';
import { Audit } from '../audit/index.js';
import { Covenants, signatory, type CovenantDocument, type CovenantOrganisation } from '../covenant/index.js';
import { contactOf, Professional, type VisibleProfessional } from '../directory/index.js';
import { Handles } from '../handles/index.js';
import { Matches } from '../matches/index.js';
import { Moves, type Move } from '../moves/index.js';
import { PersonRegister, type RegisteredPerson } from '../person-register/index.js';
import { Signal, Youth, YouthRecords, type ParentsInformed } from '../youths/index.js';
import { birthDateText } from './birth-date-text.js';
import type {
  EndReason,
  FiledSignal,
  FileSignalRequest,
  OwnSignal,
  PreviewRequest,
  RenewSignalRequest,
  SignalPreview,
  YouthShown,
} from './dto/signal.dto.js';
import { LookUps } from './look-ups.js';
import { informWhom } from './rules/inform-whom.rule.js';
import { Families } from './families.js';
import { mayFile } from './rules/may-file.rule.js';
import { mayRenew } from './rules/may-renew.rule.js';
import { mayUndo } from './rules/may-undo.rule.js';
import { removalCause } from './rules/removal-cause.rule.js';
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
    private readonly families: Families,
    private readonly handles: Handles,
    private readonly matches: Matches,
    private readonly moves: Moves,
    private readonly archive: Archive,
    private readonly audit: Audit,
    private readonly lookUps: LookUps,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Shows whom a signal would be about and what others would see of the filer. Stores nothing but the logbook line. */
  async preview(professional: Professional, { youth }: PreviewRequest): Promise<SignalPreview> {
    const { covenant, organisation } = await this.filingOf(professional);
    await this.lookUps.refuseTooMany(professional);
    const person = await this.identification.identify(youth, organisation, {
      actor: professional.id,
      purpose: 'preview',
    });
    const now = this.clock.now();
    return {
      youth: shown(person),
      othersWillSee: { ...contactOf(professional, organisation), kind: organisation.kind },
      parentsCompared: person.parents.length,
      informWhom: informWhom(youth.birthDate, dayInAmsterdam(now)),
      removalDate: this.removalOf(covenant, person, now).removalDate,
    };
  }

  /** Files a signal. Matches within the region are found in the same transaction; the national part is queued. */
  async file(
    professional: Professional,
    { youth, parentsInformed }: FileSignalRequest,
  ): Promise<FiledSignal> {
    const { covenant, organisation } = await this.filingOf(professional);
    await this.lookUps.refuseTooMany(professional);
    const person = await this.identification.identify(youth, organisation, {
      actor: professional.id,
      purpose: 'file',
    });
    const signal = await this.dataSource.transaction((manager) =>
      this.store(manager, professional, covenant, person, parentsInformed),
    );
    this.matches.wake();
    this.logger.event('signal-filed', { parentsCompared: person.parents.length });
    return filed(signal, person);
  }

  /**
   * Files a signal anew before it expires: another one, with a number and a term of its own, in the place of the first. It goes by the
   * first one's name in contact cards, so that nobody is mailed who knows all there is to know.
   */
  async renew(
    professional: Professional,
    id: string,
    { parentsInformed }: RenewSignalRequest,
  ): Promise<FiledSignal> {
    const before = await this.ownSignal(professional, id);
    if (!mayRenew(before, dayInAmsterdam(this.clock.now()))) throw new Problem('renewal-not-open');
    const { covenant } = await this.filingOf(professional);
    const youth = await this.dataSource.manager.findOneBy(Youth, { id: before.youthId });
    if (!youth) throw new Problem('not-found');
    const person = await this.identification.again(this.youthRecords.bsnOf(youth), {
      actor: professional.id,
      purpose: 'renew',
    });
    const signal = await this.dataSource.transaction((manager) =>
      this.store(manager, professional, covenant, person, parentsInformed, before),
    );
    this.matches.wake();
    this.logger.event('signal-renewed', { parentsCompared: person.parents.length });
    return filed(signal, person);
  }

  /** The professional's own signals, the newest first; with names when asked, as far as the register answers. */
  async list(professional: Professional, expandYouth: boolean): Promise<OwnSignal[]> {
    const signals = await this.dataSource.manager.find(Signal, {
      where: { professionalId: professional.id },
      order: { filedAt: 'desc', id: 'asc' },
    });
    const moves = await this.moves.lastOf(
      this.dataSource.manager,
      signals.map(({ youthId }) => youthId),
    );
    const own = (signal: Signal) => ownSignal(signal, moves.get(signal.youthId));
    if (!expandYouth || signals.length === 0) return signals.map(own);
    const names = await this.namesOf(professional, signals);
    return signals.map((signal) => {
      const youth = names.get(signal.youthId);
      return { ...own(signal), ...(youth ? { youth } : { youthUnavailable: true as const }) };
    });
  }

  /** @throws Problem `not-found`, the same for a signal that is not there and one that is somebody else's. */
  async get(professional: Professional, id: string): Promise<OwnSignal> {
    const signal = await this.ownSignal(professional, id);
    const moves = await this.moves.lastOf(this.dataSource.manager, [signal.youthId]);
    return ownSignal(signal, moves.get(signal.youthId));
  }

  /** Who had a signal on the youth before this one, as far as the archive tells. @throws Problem `not-found` */
  async earlier(professional: Professional, id: string): Promise<VisibleProfessional[]> {
    const signal = await this.ownSignal(professional, id);
    return this.dataSource.transaction(async (manager) => {
      const youth = await manager.findOneBy(Youth, { id: signal.youthId });
      if (!youth) throw new Problem('not-found');
      const reporters = await this.archive.earlier(manager, signal, youth.bsnIndex);
      await this.audit.record(manager, professional.id, 'archive-shown', {
        ...{ signal: signal.number, signals: reporters.length },
      });
      return reporters;
    });
  }

  /** Ends a signal, and with the last one everything that is known of the youth. @throws Problem `not-found` */
  async end(professional: Professional, id: string, reason: EndReason): Promise<void> {
    const signal = await this.ownSignal(professional, id);
    if (reason === 'undone' && !mayUndo(signal.filedAt, this.clock.now()))
      throw new Problem('too-late-to-undo');
    const ended = await this.dataSource.transaction((manager) =>
      this.removal.remove(manager, signal.id, reason, professional.id),
    );
    if (!ended) throw new Problem('not-found');
    this.matches.wake();
    this.logger.event('signal-ended');
  }

  private async store(
    manager: EntityManager,
    professional: Professional,
    covenant: CovenantDocument,
    person: RegisteredPerson,
    parentsInformed: ParentsInformed,
    renewed?: Signal,
  ): Promise<Signal> {
    // waits for a change of the filer's contact data or a departure, which do not know of this signal yet
    const filer = await manager.findOneOrFail(Professional, {
      where: { id: professional.id },
      lock: { mode: 'pessimistic_read' },
    });
    if (!filer.designated) throw new Problem('professional-not-designated');
    const { persons, before } = await this.families.lock(manager, person);
    const known = await this.youthRecords.find(manager, person.bsn);
    const youth = await this.youthRecords.save(manager, person);
    if (renewed && !(await this.removal.replace(manager, renewed))) throw new Problem('not-found');
    const first = await manager.findOneBy(Signal, { youthId: youth.id, professionalId: professional.id });
    if (first) throw new Problem('signal-exists', { members: { signal: first.number } });
    const entryId = renewed?.entryId ?? randomUUID();
    const signal = await this.insert(manager, professional, covenant, person, {
      ...{ youthId: youth.id, entryId, parentsInformed },
    });
    await this.audit.record(manager, professional.id, 'signal-filed', {
      signal: signal.number,
      parentsInformed,
      parentsCompared: person.parents.length,
    });
    if (renewed)
      await this.audit.record(manager, professional.id, 'signal-renewed', {
        signal: renewed.number,
        renewed: signal.number,
      });
    else await this.archive.tell(manager, professional, signal, youth.bsnIndex);
    await this.moves.follow(manager, known, youth);
    await this.handles.begin(manager, persons);
    await this.matches.settle(manager, [...persons, ...before]);
    return signal;
  }

  private async insert(
    manager: EntityManager,
    professional: Professional,
    covenant: CovenantDocument,
    person: RegisteredPerson,
    kept: Pick<Signal, 'youthId' | 'entryId' | 'parentsInformed'>,
  ): Promise<Signal> {
    const filedAt = this.clock.now();
    const [row] = await manager.query<{ n: string }[]>(`select nextval('signal_number') as n`);
    const signal = manager.create(Signal, {
      id: randomUUID(),
      number: `${covenant.shortName}-${dayInAmsterdam(filedAt).slice(0, 4)}-${row!.n.padStart(6, '0')}`,
      professionalId: professional.id,
      filedAt,
      remindedAt: null,
      ...kept,
      ...this.removalOf(covenant, person, filedAt),
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

  private removalOf(
    covenant: CovenantDocument,
    person: RegisteredPerson,
    filedAt: Date,
  ): Pick<Signal, 'removalDate' | 'removalCause'> {
    const birthday23 = birthdayLatest(person.birthDate, 23);
    const on = removalDate(dayInAmsterdam(filedAt), covenant.retentionMonths, birthday23);
    return { removalDate: on, removalCause: removalCause(on, birthday23) };
  }
}

const shown = ({ name, birthDate }: RegisteredPerson): YouthShown => ({
  name,
  birthDate: birthDateText(birthDate),
});

const filed = (
  { id, number, filedAt, removalDate: removal }: Signal,
  person: RegisteredPerson,
): FiledSignal => ({
  id,
  number,
  filedAt: filedAt.toISOString(),
  removalDate: removal,
  parentsCompared: person.parents.length,
  nationalPart: 'queued',
});

const ownSignal = (signal: Signal, move: Move | undefined): OwnSignal => ({
  id: signal.id,
  number: signal.number,
  filedAt: signal.filedAt.toISOString(),
  removalDate: signal.removalDate,
  parentsInformed: signal.parentsInformed,
  ...(move && move.at > signal.filedAt
    ? { moved: { municipality: move.municipality, heardAt: move.at.toISOString() } }
    : {}),
});
