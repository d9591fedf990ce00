import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { birthdayLatest, dayInAmsterdam, type Day, type RegisterDate } from '#libs/calendar';
import { Clock, SECOND } from '#libs/clock';
import { Problem } from '#libs/problems';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import type { CovenantDocument } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import type { RegisteredPerson } from '../person-register/index.js';
import { Descriptions, Signal, SignalDescription, Youth, YouthRecords } from '../youths/index.js';
import { Families } from './families.js';
import { removalCause } from './rules/removal-cause.rule.js';
import { removalDate } from './rules/removal-date.rule.js';
import { SignalRemoval } from './signal-removal.js';
import { SignalSharing } from './signal-sharing.js';
import type { Described } from './youth-identification.js';

/** Whom a signal is about: somebody of the person register, a youth without BSN, or one whose BSN became known. */
export type Subject =
  { person: RegisteredPerson; described?: Described } | { person?: undefined; described: Described };

/** A signal to be filed. */
export interface Filing {
  professional: Professional;
  covenant: CovenantDocument;
  subject: Subject;
  /** Until which day the filer wants to be reminded to inform those whom the law names. */
  informReminderUntil: Day | null;
  /** The signal in whose place it comes. */
  renewed?: Signal;
}

/** The birth date that a signal goes by. */
export const birthDateOf = ({ person, described }: Subject): RegisterDate =>
  person ? person.birthDate : { type: 'Datum', datum: described.description.birthDate };

/** When, and why, a signal on this youth is removed at the latest. */
export function removalOf(
  covenant: CovenantDocument,
  birthDate: RegisterDate,
  filedAt: Date,
): Pick<Signal, 'removalDate' | 'removalCause'> {
  const birthday23 = birthdayLatest(birthDate, 23);
  const on = removalDate(dayInAmsterdam(filedAt), covenant.retentionMonths, birthday23);
  return { removalDate: on, removalCause: removalCause(on, birthday23) };
}

/** Writes a signal, and shares it in the same transaction when it is not held. */
@Injectable()
export class SignalFiling {
  constructor(
    private readonly youthRecords: YouthRecords,
    private readonly descriptions: Descriptions,
    private readonly removal: SignalRemoval,
    private readonly families: Families,
    private readonly sharing: SignalSharing,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `professional-not-designated`, `signal-exists`, or `not-found` for a renewed signal that ended meanwhile */
  async file(manager: EntityManager, filing: Filing): Promise<Signal> {
    const { professional, subject, renewed } = filing;
    const { person, described } = subject;
    await holdFiler(manager, professional);
    const { persons, before } = await this.families.lock(manager, person, described?.person);
    const known = person ? await this.youthRecords.find(manager, person.bsn) : null;
    // a renewal holds what is held, and nothing that was shared
    const isHeld = renewed ? renewed.sharedAt === null : this.config.undoSeconds > 0;
    const youth = await this.youthOf(manager, subject, renewed, isHeld ? known : null);
    if (renewed && !(await this.removal.replace(manager, renewed))) throw new Problem('not-found');
    const first = await this.ownOn(manager, professional, youth, described);
    if (first) throw new Problem('signal-exists', { members: { signal: first.number } });
    const signal = await this.insert(manager, filing, youth, isHeld);
    await this.audit.record(manager, professional.id, 'signal-filed', {
      signal: signal.number,
      ...(person ? {} : { youth: 'without-bsn' }),
    });
    if (renewed)
      await this.audit.record(manager, professional.id, 'signal-renewed', {
        signal: renewed.number,
        renewed: signal.number,
      });
    const isRenewal = renewed !== undefined;
    if (!isHeld)
      await this.sharing.tell(manager, { professional, signal, youth, known, persons, before, isRenewal });
    return signal;
  }

  /**
   * A renewed signal stays with its youth; who is described alike is not taken for the same.
   * @param known a record that stays as it is until the signal is shared, since others have a signal on the youth
   */
  private async youthOf(
    manager: EntityManager,
    { person }: Subject,
    renewed: Signal | undefined,
    known: Youth | null,
  ): Promise<Youth> {
    if (known) return known;
    if (person) return this.youthRecords.save(manager, person);
    const youth = renewed && (await manager.findOneBy(Youth, { id: renewed.youthId }));
    // the BSN became known meanwhile
    if (youth?.bsnIndex) throw new Problem('not-found');
    return youth ?? this.youthRecords.saveDescribed(manager);
  }

  /** The signal that a professional has already on whom another one would be about. */
  async existing(
    manager: EntityManager,
    professional: Professional,
    { person, described }: Subject,
  ): Promise<Signal | null> {
    const youth = person ? await this.youthRecords.find(manager, person.bsn) : null;
    return this.ownOn(manager, professional, youth, described);
  }

  private ownOn(
    manager: EntityManager,
    { id: professionalId }: Professional,
    youth: Youth | null,
    described: Described | undefined,
  ): Promise<Signal | null> {
    const alike = manager
      .createQueryBuilder(SignalDescription, 'd')
      .select('d.signalId')
      .where('d.descriptionIndex = :index');
    return manager
      .createQueryBuilder(Signal, 's')
      .where('s.professionalId = :professionalId', { professionalId })
      .andWhere(
        described ? `(s.youthId = :youthId or s.id in (${alike.getQuery()}))` : 's.youthId = :youthId',
      )
      .setParameters({ youthId: youth?.id ?? null, index: described?.person.index ?? null })
      .getOne();
  }

  private async insert(
    manager: EntityManager,
    { professional, covenant, subject, informReminderUntil, renewed }: Filing,
    youth: Youth,
    isHeld: boolean,
  ): Promise<Signal> {
    const filedAt = this.clock.now();
    const id = randomUUID();
    const { person, described } = subject;
    const [row] = await manager.query<{ n: string }[]>(`select nextval('signal_number') as n`);
    const signal = manager.create(Signal, {
      id,
      number: `${covenant.shortName}-${dayInAmsterdam(filedAt).slice(0, 4)}-${row!.n.padStart(6, '0')}`,
      professionalId: professional.id,
      youthId: youth.id,
      entryId: renewed?.entryId ?? randomUUID(),
      filedAt,
      remindedAt: null,
      sharedAt: isHeld ? null : filedAt,
      sharesAt: isHeld ? new Date(filedAt.getTime() + this.config.undoSeconds * SECOND) : null,
      sharingSealed: isHeld && person ? this.youthRecords.sealFacts(id, person) : null,
      informReminderUntil,
      ...removalOf(covenant, birthDateOf(subject), filedAt),
    });
    await manager.insert(Signal, signal);
    if (described) await this.descriptions.keep(manager, signal.id, described.description, described.person);
    return signal;
  }
}

/** Waits for a change of the filer's contact data or a departure, which do not know of this signal yet. @throws Problem */
export async function holdFiler(manager: EntityManager, { id }: Professional): Promise<void> {
  const filer = await manager.findOneOrFail(Professional, {
    where: { id },
    lock: { mode: 'pessimistic_read' },
  });
  if (!filer.designated) throw new Problem('professional-not-designated');
}
