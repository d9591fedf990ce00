import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OutboxSender } from '#libs/messaging';
import { DataSource, type EntityManager } from 'typeorm';
import { Cards, MatchEnds } from '../cards/index.js';
import { RegionalNodeConfig } from '../config.js';
import type { CovenantDocument, CovenantHistory } from '../covenant/index.js';
import type { Professional } from '../directory/index.js';
import { Handles, SecretQueue, type HandleRole, type PersonRef } from '../handles/index.js';
import { MailSender } from '../mails/index.js';
import { Probes } from '../probes/index.js';
import { SHARED, Signal, YouthRecords, lockPersons } from '../youths/index.js';
import { cardContent } from './card-content.js';
import { ContactMade } from './contact-made.entity.js';
import { MatchConfirmed } from './match-confirmed.entity.js';
import { MatchMails } from './match-mails.js';
import { MatchRejected } from './match-rejected.entity.js';
import { MatchNotices } from './match-notices.js';
import { SamePerson } from './same-person.entity.js';
import type { MatchPicture, OwnYouth } from './match-picture.js';
import { keyOf, type Entry, type OwnEntry } from './match-picture.types.js';
import { Scenes, type Scene } from './scenes.js';

/** Who would lead in matches, by kind of organisation. */
export type KindsThatLead = Map<string, string>;

/**
 * Keeps everything that follows from who matches whom in step with signals and cards: our cards to other regions, and mails.
 *
 * `settle` is called, in the same transaction, by whatever changes a signal or takes a card. It finds the youths concerned (those of the
 * given persons, and their siblings), draws the picture, sends cards that say something new, tells people what has changed for them, and
 * ends the handles of persons for whom no signal is left. Settling twice does nothing the second time.
 *
 * What keeps two settlings apart? The callers hold the locks of the persons concerned (`lockPersons`): siblings share a parent, so two
 * changes that touch one family wait for each other.
 */
@Injectable()
export class Matches implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly scenes: Scenes,
    private readonly handles: Handles,
    private readonly secrets: SecretQueue,
    private readonly cards: Cards,
    private readonly ends: MatchEnds,
    private readonly youthRecords: YouthRecords,
    private readonly probes: Probes,
    private readonly notices: MatchNotices,
    private readonly sender: OutboxSender,
    private readonly matchMails: MatchMails,
    private readonly mailSender: MailSender,
    private readonly config: RegionalNodeConfig,
  ) {}

  onModuleInit(): void {
    // a card that waited for a youth's secret can be sent now
    this.secrets.onSecrets(this);
  }

  /** Starts what a committed transaction queued: evaluation, messages, mails. */
  wake(): void {
    this.secrets.wake();
    this.sender.wake();
    this.matchMails.wake();
    this.mailSender.wake();
  }

  /** Holds these persons, and all persons of youths among them, until the transaction ends. */
  async lock(manager: EntityManager, persons: readonly PersonRef[]): Promise<void> {
    await lockPersons(manager, await this.youthRecords.around(manager, persons));
  }

  /** Brings cards, mails and handles in step with the signals and cards around these persons. */
  async settle(manager: EntityManager, all: readonly PersonRef[]): Promise<void> {
    await this.probes.settle(manager, all);
    const persons = all.filter(({ role }) => role !== 'probe' && role !== 'archive');
    if (persons.length === 0) return;
    await this.endPersonsWithoutSignal(manager, persons);
    const scene = await this.scenes.around(manager, persons);
    for (const opened of scene.opened) {
      if (!this.cards.maySend(opened)) continue;
      const content = cardContent(scene, opened);
      if (content) await this.cards.publish(manager, opened, content);
    }
    for (const youth of scene.youths) {
      if (scene.concerned.has(youth.id)) await this.tell(manager, scene, youth);
    }
  }

  /**
   * Tells all anew how to reach these professionals whom they match, also as the stand-in of somebody absent. Call it with the rows of the
   * professionals held.
   */
  async retell(manager: EntityManager, ...professionals: Pick<Professional, 'id'>[]): Promise<void> {
    const youths = await this.youthsOf(manager, ...professionals);
    await this.lock(manager, youths);
    await this.settle(manager, youths);
  }

  /** The youths on whom these professionals have a signal, or absent colleagues for whom they stand in. */
  async youthsOf(manager: EntityManager, ...professionals: Pick<Professional, 'id'>[]): Promise<PersonRef[]> {
    const signals = await manager.query<{ youth: Buffer | null; described: Buffer | null }[]>(
      `select distinct y.bsn_index as youth, d.description_index as described
       from youth y join signal s on s.youth_id = y.id left join signal_description d on d.signal_id = s.id
       where s.professional_id = any($1)
          or s.professional_id in (select professional_id from absence where replacement_id = any($1))`,
      [professionals.map(({ id }) => id)],
    );
    return signals.flatMap(({ youth, described }): PersonRef[] => [
      ...(youth ? [{ role: 'youth' as const, index: youth }] : []),
      ...(described ? [{ role: 'described' as const, index: described }] : []),
    ]);
  }

  /** Forgets what is only about a signal that ended; call it before `settle`, while ending it. */
  async forget(
    manager: EntityManager,
    signal: Pick<Signal, 'entryId' | 'professionalId' | 'youthId'>,
  ): Promise<void> {
    await manager.delete(ContactMade, { ownEntryId: signal.entryId });
    await manager.delete(MatchConfirmed, { ownEntryId: signal.entryId });
    await manager.delete(MatchRejected, { ownEntryId: signal.entryId });
    await manager.delete(SamePerson, { ownEntryId: signal.entryId });
    await this.notices.forget(manager, signal.entryId, signal.professionalId);
    if (!(await manager.existsBy(Signal, { youthId: signal.youthId, ...SHARED })))
      await this.notices.endLead(manager, signal.youthId);
  }

  /** Forgets what was told to somebody who has left; call it after `settle`. */
  forgetReceiver(manager: EntityManager, { id }: Pick<Professional, 'id'>): Promise<void> {
    return this.notices.forgetReceiver(manager, id);
  }

  /**
   * Who would lead in the matches on these youths if they were made under this covenant: kinds of organisation, or `process-manager`. Matches
   * in which another region leads are left out.
   */
  async leadsUnder(document: CovenantDocument, youthIds: readonly string[]): Promise<KindsThatLead> {
    const history: CovenantHistory = { at: () => ({ version: 0, effectiveFrom: '', document }) };
    const { picture, youths } = await this.scenes.of(this.dataSource.manager, youthIds, history);
    const kinds: KindsThatLead = new Map();
    for (const { id } of youths.filter((youth) => youthIds.includes(youth.id))) {
      const lead = picture.leadOf(id);
      const views = picture.viewsOf(id);
      const isAlone = views.every((view) => view.involved.length === 0);
      const involved = views.flatMap((view) => [view.own, ...view.involved.map(({ entry }) => entry)]);
      if (isAlone || lead?.leadingRegion !== this.config.region) continue;
      const leader = involved.find(({ entryId }) => entryId === lead.entryId);
      kinds.set(id, leader?.kind ?? 'process-manager');
    }
    return kinds;
  }

  private async endPersonsWithoutSignal(
    manager: EntityManager,
    persons: readonly PersonRef[],
  ): Promise<void> {
    const ended: PersonRef[] = [];
    for (const person of persons) {
      const [{ exists }] = await manager.query<[{ exists: boolean }]>(
        STILL_NEEDED[person.role as Exclude<HandleRole, 'archive' | 'probe'>],
        [person.index],
      );
      if (!exists) ended.push(person);
    }
    await this.ends.end(manager, await this.handles.of(manager, ended));
  }

  private async tell(manager: EntityManager, scene: Scene, youth: OwnYouth): Promise<void> {
    const views = scene.picture.viewsOf(youth.id);
    for (const { own, involved, possible, lead, youLead } of views) {
      await this.notices.update(manager, {
        subject: `signal/${own.entryId}`,
        receiver: { id: own.contactId, person: own.contactPerson, ...own.contact },
        signalNumber: own.signalNumber,
        filerId: own.professionalId,
        ...(own.standsInFor === undefined ? {} : { standsInFor: own.standsInFor }),
        involved,
        possible,
        ...(lead ? { lead } : {}),
        leadIsReceiver: youLead,
      });
    }
    await this.tellProcessManager(manager, scene, youth, views);
  }

  /** A process manager who leads is involved too, and is told with whom; and that it is over, when nobody is involved or another leads. */
  private async tellProcessManager(
    manager: EntityManager,
    scene: Scene,
    youth: OwnYouth,
    views: ReturnType<MatchPicture['viewsOf']>,
  ): Promise<void> {
    const lead = scene.picture.leadOf(youth.id);
    const leads = lead?.because === 'process-manager' && lead.leadingRegion === this.config.region;
    const receiver = [...scene.processManagers.values()].find(
      (candidate) => candidate.email === lead?.contact.email,
    );
    if (!leads || !receiver) return this.notices.endLead(manager, youth.id);
    const involved = views.some((view) => view.involved.length > 0)
      ? unite(
          views.flatMap((view) => [{ kind: 'same-youth' as const, entry: view.own }, ...view.involved]),
        ).filter(({ entry }) => !isReached(receiver.person, entry))
      : [];
    await this.notices.update(manager, {
      subject: `youth/${youth.id}`,
      receiver,
      involved,
      possible: [],
      lead,
      leadIsReceiver: true,
    });
  }
}

/** Whether it is this person whom a signal has others contact. */
const isReached = (person: string | undefined, entry: Entry | OwnEntry): boolean =>
  'contactPerson' in entry && entry.contactPerson === person;

function unite<T extends { entry: Entry }>(involved: readonly T[]): T[] {
  const byEntry = new Map<string, T>();
  for (const each of involved) if (!byEntry.has(keyOf(each.entry))) byEntry.set(keyOf(each.entry), each);
  return [...byEntry.values()];
}

/** Whether a signal that was shared needs the handle of a person, by role. */
const STILL_NEEDED: Record<Exclude<HandleRole, 'archive' | 'probe'>, string> = {
  youth: `select exists(select from youth y join signal s on s.youth_id = y.id
    where y.bsn_index = $1 and s.shared_at is not null)`,
  parent: `select exists(select from youth_parent p join signal s on s.youth_id = p.youth_id
    where p.parent_index = $1 and s.shared_at is not null)`,
  described: `select exists(select from signal_description d join signal s on s.id = d.signal_id
    where d.description_index = $1 and s.shared_at is not null)`,
};

/** The name of a pair of signals for the outside: says nothing, and cannot be made up. */
export const pairId = (ownEntryId: string, otherEntryId: string): string =>
  createHash('sha256').update(`${ownEntryId} ${otherEntryId}`).digest().subarray(0, 16).toString('base64url');
