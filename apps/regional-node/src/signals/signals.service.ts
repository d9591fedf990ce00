import { Injectable } from '@nestjs/common';
import { type Bsn } from '#libs/bsn';
import { dayInAmsterdam, latestPossibleDay, type Day } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { Archive, ReceivedAnswers, type EarlierElsewhere } from '../archive/index.js';
import { Audit } from '../audit/index.js';
import {
  Covenants,
  knownKind,
  signatory,
  type CovenantDocument,
  type CovenantOrganisation,
} from '../covenant/index.js';
import { contactOf, organisationOf, Professional, type VisibleProfessional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { Moves, type Move } from '../moves/index.js';
import { PersonRegister, type RegisteredPerson } from '../person-register/index.js';
import { Descriptions, Signal, Youth, YouthRecords, type YouthDescription } from '../youths/index.js';
import { birthDateKnown } from './birth-date-known.js';
import type {
  EndReason,
  FiledSignal,
  FileSignalRequest,
  HeldShown,
  Informed,
  LinkSignalRequest,
  OwnSignal,
  PreviewRequest,
  RenewSignalRequest,
  SignalPreview,
  YouthShown,
} from './dto/signal.dto.js';
import { YouthWithoutBsn } from './dto/youth.dto.js';
import { LookUps } from './look-ups.js';
import { informReminderUntil } from './rules/inform-reminder.rule.js';
import { informWhom } from './rules/inform-whom.rule.js';
import { mayFile } from './rules/may-file.rule.js';
import { mayRenew } from './rules/may-renew.rule.js';
import { birthDateOf, removalOf, SignalFiling, type Subject } from './signal-filing.js';
import { SignalLinking } from './signal-linking.js';
import { SignalRemoval } from './signal-removal.js';
import { SignalSharing } from './signal-sharing.js';
import { ownsSignal } from './signals.access.js';
import { givenBirthDate, YouthIdentification, type Described } from './youth-identification.js';

/** What professionals do with their signals: see what filing would mean, file, list, end. One transaction each. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly identification: YouthIdentification,
    private readonly register: PersonRegister,
    private readonly youthRecords: YouthRecords,
    private readonly descriptions: Descriptions,
    private readonly filing: SignalFiling,
    private readonly linking: SignalLinking,
    private readonly removal: SignalRemoval,
    private readonly sharing: SignalSharing,
    private readonly matches: Matches,
    private readonly moves: Moves,
    private readonly archive: Archive,
    private readonly archiveAnswers: ReceivedAnswers,
    private readonly audit: Audit,
    private readonly lookUps: LookUps,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Shows whom a signal would be about and what others would see of the filer. Stores nothing but the logbook line. */
  async preview(professional: Professional, { youth }: PreviewRequest): Promise<SignalPreview> {
    const { covenant, organisation } = await this.filingOf(professional);
    const subject = await this.subjectOf(professional, youth, organisation, 'preview');
    const now = this.clock.now();
    const { manager } = this.dataSource;
    const own = await organisationOf(manager, professional);
    const existing = await this.filing.existing(manager, professional, subject);
    return {
      youth: subject.person ? shown(subject.person) : shownAsFiled(subject.described.description),
      othersWillSee: { ...contactOf(professional, own), kind: organisation.kind },
      ...(await this.informed(professional, subject, latestBirthday(subject, youth))),
      removalDate: removalOf(covenant, birthDateOf(subject), now).removalDate,
      ...(existing
        ? { existing: { id: existing.id, number: existing.number, removalDate: existing.removalDate } }
        : {}),
    };
  }

  /** Files a signal, which is shared after `UNDO_SECONDS`. */
  async file(
    professional: Professional,
    { youth, informed, remind }: FileSignalRequest,
  ): Promise<FiledSignal> {
    const { covenant, organisation } = await this.filingOf(professional);
    const subject = await this.subjectOf(professional, youth, organisation, 'file');
    const signal = await this.lookUps.countFiling(professional, (manager) =>
      this.filing.file(manager, { professional, covenant, subject, ...this.reminder(informed, remind) }),
    );
    this.matches.wake();
    this.logger.event('signal-filed');
    return filed(signal);
  }

  /** Links one's own signal on a youth without BSN to the youth of the person register, when the BSN has become known. */
  async link(professional: Professional, id: string, { youth }: LinkSignalRequest): Promise<FiledSignal> {
    const signal = await this.ownSignal(professional, id);
    const { organisation } = await this.filingOf(professional);
    const { described, bsn } = await this.knownOf(signal);
    if (!described || bsn) throw new Problem('signal-has-bsn');
    const consultation = { actor: professional.id, purpose: 'link' } as const;
    const { person } = await this.lookUps.count(professional, 'link', async () => ({
      person: await this.identification.identify(youth, organisation, consultation),
    }));
    const linked = await this.lookUps.countFiling(professional, (manager) =>
      this.linking.link(manager, professional, signal.id, person, described),
    );
    this.matches.wake();
    this.logger.event('signal-linked');
    return filed(linked);
  }

  /**
   * Files a signal anew before it expires: another one, with a number and a term of its own, in the place of the first. It goes by the
   * first one's name in contact cards, so that nobody is mailed who knows all there is to know.
   */
  async renew(
    professional: Professional,
    id: string,
    { informed, remind }: RenewSignalRequest,
  ): Promise<FiledSignal> {
    const before = await this.ownSignal(professional, id);
    if (!mayRenew(before, dayInAmsterdam(this.clock.now()))) throw new Problem('renewal-not-open');
    const { covenant } = await this.filingOf(professional);
    const { described, bsn } = await this.knownOf(before);
    const consultation = { actor: professional.id, purpose: 'renew' } as const;
    const person = bsn && (await this.identification.again(bsn, consultation));
    const subject = person ? { person, ...(described ? { described } : {}) } : described && { described };
    if (!subject) throw new Problem('not-found');
    const signal = await this.dataSource.transaction((manager) =>
      this.filing.file(manager, {
        ...{ professional, covenant, subject, renewed: before },
        ...this.reminder(informed, remind),
      }),
    );
    this.matches.wake();
    this.logger.event('signal-renewed');
    return filed(signal);
  }

  /** The professional's own signals, the newest first; with names when asked, as far as the register answers. */
  async list(professional: Professional, expandYouth: boolean): Promise<OwnSignal[]> {
    const signals = await this.dataSource.manager.find(Signal, {
      where: { professionalId: professional.id },
      order: { filedAt: 'desc', id: 'asc' },
    });
    if (!expandYouth || signals.length === 0) return this.shownOf(signals);
    return this.named(professional, signals);
  }

  private async named(professional: Professional, signals: Signal[]): Promise<OwnSignal[]> {
    const own = await this.shownOf(signals);
    const names = await this.namesOf(professional, signals);
    return own.map((signal) => {
      const youth = names.get(signal.id);
      return { ...signal, ...(youth ? { youth } : { youthUnavailable: true as const }) };
    });
  }

  /** With the name when asked. @throws Problem `not-found`, the same for a signal that is not there and one that is somebody else's. */
  async get(professional: Professional, id: string, expandYouth: boolean): Promise<OwnSignal> {
    const signals = [await this.ownSignal(professional, id)];
    const [own] = expandYouth ? await this.named(professional, signals) : await this.shownOf(signals);
    return own!;
  }

  /** Takes away the reminder that those whom the law names are still to be informed. @throws Problem `not-found` */
  async remindNoMore(professional: Professional, id: string): Promise<void> {
    const signal = await this.ownSignal(professional, id);
    await this.dataSource.manager.update(Signal, { id: signal.id }, { informReminderUntil: null });
  }

  /** Who had a signal on the youth before this one, as far as the archive tells. @throws Problem `not-found` */
  async earlier(professional: Professional, id: string): Promise<(VisibleProfessional | EarlierElsewhere)[]> {
    const signal = await this.ownSignal(professional, id);
    if (!signal.sharedAt) return [];
    return this.dataSource.transaction(async (manager) => {
      const youth = await manager.findOneBy(Youth, { id: signal.youthId });
      if (!youth) throw new Problem('not-found');
      // the archive knows nobody without BSN
      const here = youth.bsnIndex ? await this.archive.earlier(manager, signal, youth.bsnIndex) : [];
      const reporters = [...here, ...(await this.archiveAnswers.earlier(manager, signal))];
      await this.audit.record(manager, professional.id, 'archive-shown', {
        ...{ signal: signal.number, signals: reporters.length },
      });
      return reporters;
    });
  }

  /** Shares a signal that is held; one that was shared stays as it is. @throws Problem `not-found` */
  async share(professional: Professional, id: string): Promise<void> {
    const { id: own } = await this.ownSignal(professional, id);
    if (!(await this.sharing.share(own))) await this.ownSignal(professional, id);
  }

  /** Ends a signal, and with the last one everything that is known of the youth. @throws Problem `not-found` */
  async end(professional: Professional, id: string, reason: EndReason): Promise<void> {
    const signal = await this.ownSignal(professional, id);
    const ended = await this.dataSource.transaction((manager) =>
      this.removal.remove(manager, signal.id, reason, professional.id),
    );
    if (!ended) throw new Problem('not-found');
    this.matches.wake();
    this.logger.event('signal-ended');
  }

  private reminder(informed: Informed, remind = false): Pick<Signal, 'informReminderUntil'> {
    const today = dayInAmsterdam(this.clock.now());
    return { informReminderUntil: informReminderUntil({ informed, remind }, today) };
  }

  /** Whom the law says to inform first, and as far as the region may ask the register who they are. */
  private async informed(
    professional: Professional,
    { person }: Subject,
    birthday: Day,
  ): Promise<Pick<SignalPreview, 'informWhom' | 'representatives'>> {
    const whom = informWhom(birthday, dayInAmsterdam(this.clock.now()));
    if (!person || whom === 'youth') return { informWhom: whom };
    const consultation = { actor: professional.id, purpose: 'inform' } as const;
    const representatives = await this.register.representativesOf(person.bsn, consultation);
    return { informWhom: whom, ...(representatives ? { representatives } : {}) };
  }

  private async subjectOf(
    professional: Professional,
    youth: PreviewRequest['youth'],
    organisation: CovenantOrganisation,
    purpose: 'preview' | 'file',
  ): Promise<Subject> {
    const consultation = { actor: professional.id, purpose };
    return this.lookUps.count<Subject>(professional, purpose, async () =>
      youth instanceof YouthWithoutBsn
        ? { described: this.identification.describe(youth) }
        : { person: await this.identification.identify(youth, organisation, consultation) },
    );
  }

  /** What is kept of whom a signal is about. */
  private async knownOf({ id, youthId }: Signal): Promise<{ described?: Described; bsn?: Bsn }> {
    const { manager } = this.dataSource;
    const youth = await manager.findOneBy(Youth, { id: youthId });
    const bsn = youth && this.youthRecords.bsnOf(youth);
    const description = (await this.descriptions.of(manager, [id])).get(id);
    const person = description && this.descriptions.personOf(description);
    return { ...(person ? { described: { description, person } } : {}), ...(bsn ? { bsn } : {}) };
  }

  /** @throws Problem that says why this professional may not file. */
  private async filingOf(
    professional: Professional,
  ): Promise<{ covenant: CovenantDocument; organisation: CovenantOrganisation }> {
    const { document: covenant } = await this.covenants.current();
    const organisation = signatory(covenant, professional.organisationId);
    const worksAlone = organisation !== undefined && knownKind(organisation.kind)?.worksAlone === true;
    const designatedColleagues = worksAlone ? await this.designatedColleagues(professional) : 0;
    const refusal = mayFile(professional, organisation, { worksAlone, designatedColleagues });
    if (refusal || !organisation) throw new Problem(refusal ?? 'organisation-not-in-covenant');
    return { covenant, organisation };
  }

  private designatedColleagues({ id, organisationId }: Professional): Promise<number> {
    return this.dataSource.manager.countBy(Professional, {
      ...{ id: Not(id), organisationId, designated: true, departedOn: IsNull() },
    });
  }

  private async ownSignal(professional: Professional, id: string): Promise<Signal> {
    const signal = isUUID(id) ? await this.dataSource.manager.findOneBy(Signal, { id }) : null;
    if (!signal || !ownsSignal(professional, signal)) throw new Problem('not-found');
    return signal;
  }

  private async shownOf(signals: readonly Signal[]): Promise<OwnSignal[]> {
    const { manager } = this.dataSource;
    const youthIds = signals.map(({ youthId }) => youthId);
    const moves = await this.moves.lastOf(manager, youthIds);
    const withoutBsn = await manager.findBy(Youth, { id: In(youthIds), bsnIndex: IsNull() });
    return signals.map((signal) => ({
      ...ownSignal(signal, moves.get(signal.youthId), dayInAmsterdam(this.clock.now())),
      ...(withoutBsn.some(({ id }) => id === signal.youthId) ? { withoutBsn: true as const } : {}),
    }));
  }

  /** Whom these signals are about, by the ids of the signals: as the register says, or as filed. */
  private async namesOf(professional: Professional, signals: Signal[]): Promise<Map<string, YouthShown>> {
    const { manager } = this.dataSource;
    const youths = await manager.findBy(Youth, { id: In(signals.map(({ youthId }) => youthId)) });
    const numbers = new Map(
      youths.flatMap((youth) => {
        const bsn = this.youthRecords.bsnOf(youth);
        return bsn ? [[youth.id, bsn] as const] : [];
      }),
    );
    const persons =
      numbers.size > 0
        ? await this.register.namesOf([...numbers.values()], { actor: professional.id, purpose: 'list' })
        : undefined;
    const asFiled = await this.descriptions.of(
      manager,
      signals.filter(({ youthId }) => !numbers.has(youthId)).map(({ id }) => id),
    );
    return new Map(
      signals.flatMap(({ id, youthId }) => {
        const person = persons?.get(numbers.get(youthId)?.revealDigits() ?? '');
        const description = asFiled.get(id);
        if (person) return [[id, shown(person)] as const];
        return description ? [[id, shownAsFiled(description)] as const] : [];
      }),
    );
  }
}

/** Of an incomplete birth date the last day that it can be, so that nobody is taken for older than they are. */
const latestBirthday = (subject: Subject, youth: { birthDate: string }): Day =>
  latestPossibleDay(birthDateOf(subject)) ?? latestPossibleDay(givenBirthDate(youth)) ?? youth.birthDate;

const shown = ({ name, birthDate }: RegisteredPerson): YouthShown => ({
  name,
  ...birthDateKnown(birthDate),
});

const shownAsFiled = ({ surname, birthDate }: YouthDescription): YouthShown => ({
  name: surname,
  birthDate,
});

const filed = (signal: Signal): FiledSignal => ({
  id: signal.id,
  number: signal.number,
  filedAt: signal.filedAt.toISOString(),
  removalDate: signal.removalDate,
  ...heldShown(signal),
});

const heldShown = ({ sharedAt, sharesAt }: Signal): HeldShown => {
  if (sharedAt) return {};
  return sharesAt ? { sharesAt: sharesAt.toISOString() } : { waitsForYou: true };
};

const ownSignal = (signal: Signal, move: Move | undefined, today: Day): OwnSignal => ({
  id: signal.id,
  number: signal.number,
  filedAt: signal.filedAt.toISOString(),
  removalDate: signal.removalDate,
  ...heldShown(signal),
  ...(signal.informReminderUntil !== null && today < signal.informReminderUntil
    ? { informReminderUntil: signal.informReminderUntil }
    : {}),
  ...(move && move.at > signal.filedAt
    ? { moved: { municipality: move.municipality, heardAt: move.at.toISOString() } }
    : {}),
});
