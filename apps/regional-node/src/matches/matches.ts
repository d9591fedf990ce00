import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/bsn';
import { Clock } from '#libs/clock';
import { OutboxSender } from '#libs/messaging';
import { MAX_ENTRIES, type CardEntry, type CardLead } from '#libs/protocol';
import { ArrayContains, DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { Cards, type CardContent, type OpenedMatch } from '../cards/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants, signatory, type CovenantDocument, type CovenantHistory } from '../covenant/index.js';
import {
  absencesAround,
  absentOn,
  Organisation,
  Professional,
  standInFor,
  contactOf,
  locationOf,
} from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { Handles, SecretQueue, type HandleRole, type PersonRef } from '../handles/index.js';
import { MailSender } from '../mails/index.js';
import { Probes } from '../probes/index.js';
import { Signal, SignalDescription, Youth, YouthParent, YouthRecords, lockPersons } from '../youths/index.js';
import { ContactMade } from './contact-made.entity.js';
import { MatchConfirmed } from './match-confirmed.entity.js';
import { MatchNotices } from './match-notices.js';
import { MatchPicture, type OwnYouth, type PeerCard } from './match-picture.js';
import { keyOf, type ContactDetails, type Entry, type Lead, type OwnEntry } from './match-picture.types.js';
import { possibleContent } from './possible-matches.js';
import { byFiling } from './rules/by-filing.js';

/** A drawn picture of some youths and everybody around them, with what is needed to act on it. */
export interface Scene {
  picture: MatchPicture;
  /** The youths concerned, and further ones that are only needed to see those whole. */
  youths: OwnYouth[];
  concerned: Set<string>;
  opened: OpenedMatch[];
  refs: Map<string, Map<string, string>>;
  covenant: CovenantDocument;
  processManagers: Map<string | null, ContactDetails>;
}

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
    private readonly covenants: Covenants,
    private readonly handles: Handles,
    private readonly secrets: SecretQueue,
    private readonly cards: Cards,
    private readonly youthRecords: YouthRecords,
    private readonly probes: Probes,
    private readonly notices: MatchNotices,
    private readonly registers: Registers,
    private readonly sender: OutboxSender,
    private readonly mailSender: MailSender,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    // a card that waited for a youth's secret can be sent now
    this.secrets.onSecrets(this);
  }

  /** Starts what a committed transaction queued: evaluation, messages, mails. */
  wake(): void {
    this.secrets.wake();
    this.sender.wake();
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
    const scene = await this.scene(manager, persons);
    for (const opened of scene.opened) {
      if (!this.cards.maySend(opened)) continue;
      const content = this.contentFor(scene, opened);
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
  async forget(manager: EntityManager, signal: Pick<Signal, 'entryId'>): Promise<void> {
    await manager.delete(ContactMade, { ownEntryId: signal.entryId });
    await manager.delete(MatchConfirmed, { ownEntryId: signal.entryId });
    await this.notices.forget(manager, [`signal/${signal.entryId}`]);
  }

  /** Draws the picture around the youths with these ids, for looking only. */
  view(youthIds: readonly string[], manager: EntityManager = this.dataSource.manager): Promise<Scene> {
    return this.draw(manager, [...youthIds]);
  }

  /**
   * Who would lead in the matches on these youths if they were made under this covenant: kinds of organisation, or `process-manager`. Matches
   * in which another region leads are left out.
   */
  async leadsUnder(document: CovenantDocument, youthIds: readonly string[]): Promise<KindsThatLead> {
    const history: CovenantHistory = { at: () => ({ version: 0, effectiveFrom: '', document }) };
    const { picture, youths } = await this.draw(this.dataSource.manager, [...youthIds], history);
    const kinds: KindsThatLead = new Map();
    for (const { id } of youths.filter((youth) => youthIds.includes(youth.id))) {
      const lead = picture.leadOf(id);
      const involved = picture
        .viewsOf(id)
        .flatMap((view) => [view.own, ...view.involved.map(({ entry }) => entry)]);
      if (involved.length < 2 || lead?.leadingRegion !== this.config.region) continue;
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
    await this.cards.end(manager, await this.handles.of(manager, ended));
  }

  private async scene(manager: EntityManager, persons: readonly PersonRef[]): Promise<Scene> {
    const indexes = (role: string) =>
      persons.filter((person) => person.role === role).map((person) => person.index);
    const touched = await manager.query<{ id: string }[]>(
      `select y.id from youth y where y.bsn_index = any($1)
       union select p.youth_id from youth_parent p where p.parent_index = any($2)
       union select s.youth_id from signal s join signal_description d on d.signal_id = s.id
         where d.description_index = any($3)`,
      [indexes('youth'), indexes('parent'), indexes('described')],
    );
    return this.draw(
      manager,
      await this.withRelated(
        manager,
        touched.map((row) => row.id),
      ),
    );
  }

  /** These youths, their brothers and sisters, and who may be the same youth without BSN. */
  private async withRelated(manager: EntityManager, youthIds: string[]): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `select distinct other.youth_id as id from youth_parent own join youth_parent other on other.parent_index = own.parent_index
       where own.youth_id = any($1)
       union select other.youth_id from signal own join signal_description d on d.signal_id = own.id
         join signal_description alike on alike.description_index = d.description_index
         join signal other on other.id = alike.signal_id
       where own.youth_id = any($1)`,
      [youthIds],
    );
    return [...new Set([...youthIds, ...rows.map((row) => row.id)])];
  }

  /** @param history the covenants to go by, when not the region's own */
  private async draw(manager: EntityManager, concerned: string[], history?: CovenantHistory): Promise<Scene> {
    const covenants = history ?? (await this.covenants.history(manager));
    const { document } = covenants.at(this.clock.now());
    const processManagers = await this.processManagers(manager);
    const youths = await this.youths(manager, document, await this.withRelated(manager, concerned));
    const persons = youths.flatMap((youth): PersonRef[] => [
      ...youthRef(youth),
      ...youth.parents.map((parent): PersonRef => ({ role: 'parent', index: Buffer.from(parent, 'hex') })),
      ...youth.entries.flatMap(({ description }): PersonRef[] =>
        description === undefined ? [] : [{ role: 'described', index: Buffer.from(description, 'hex') }],
      ),
    ]);
    const opened = await this.cards.of(manager, unique(persons));
    const refs = await this.references(manager, youths, opened);
    const peerCards = opened.flatMap(({ match, handle, card }): PeerCard[] =>
      card
        ? [
            {
              region: match.peerRegion,
              role: handle.role as Exclude<HandleRole, 'archive' | 'probe'>,
              personIndex: handle.personIndex.toString('hex'),
              card,
              refs: refs.get(match.matchId)!,
            },
          ]
        : [],
    );
    const picture = new MatchPicture({
      region: this.config.region,
      regionName: document.name,
      youths,
      peerCards,
      covenantMunicipalities: document.municipalities.map((municipality) => municipality.code),
      covenantAt: (moment) => covenants.at(moment).document,
      processManagers,
      regionOf: (municipality) => this.registers.regionOf(municipality),
    });
    return {
      picture,
      youths,
      concerned: new Set(concerned),
      opened,
      refs,
      covenant: document,
      processManagers,
    };
  }

  private async youths(
    manager: EntityManager,
    document: CovenantDocument,
    ids: string[],
  ): Promise<OwnYouth[]> {
    if (ids.length === 0) return [];
    const youths = await manager.find(Youth, { where: { id: In(ids) }, order: { id: 'asc' } });
    const parents = await manager.findBy(YouthParent, { youthId: In(ids) });
    const signals = await manager.find(Signal, {
      where: { youthId: In(ids) },
      order: { filedAt: 'asc', entryId: 'asc' },
    });
    const professionals = new Map(
      (await manager.findBy(Professional, { id: In(signals.map((signal) => signal.professionalId)) })).map(
        (p) => [p.id, p],
      ),
    );
    const organisations = new Map(
      (
        await manager.findBy(Organisation, {
          id: In([...professionals.values()].map((p) => p.organisationId)),
        })
      ).map((o) => [o.id, o]),
    );
    const today = dayInAmsterdam(this.clock.now());
    const absences = await absencesAround(manager, [...professionals.keys()]);
    const standIns = new Map(
      (
        await manager.findBy(Professional, {
          id: In(absences.map(({ replacementId }) => replacementId)),
          departedOn: IsNull(),
        })
      ).map((p) => [p.id, p]),
    );
    const ownEntryId = In(signals.map((signal) => signal.entryId));
    const contacts = await manager.findBy(ContactMade, { ownEntryId });
    const confirmations = await manager.findBy(MatchConfirmed, { ownEntryId });
    const descriptions = new Map(
      (await manager.findBy(SignalDescription, { signalId: In(signals.map(({ id }) => id)) })).map((each) => [
        each.signalId,
        each.descriptionIndex.toString('hex'),
      ]),
    );
    const withBsn = new Set(youths.filter(({ bsnIndex }) => bsnIndex).map(({ id }) => id));
    // a stand-in is of the same organisation
    const reachedBy = (professional: Professional) => {
      const organisation = organisations.get(professional.organisationId)!;
      const filer = contactOf(professional, organisation);
      const standIn = standIns.get(standInFor(professional.id, absences, today) ?? '');
      return {
        filer,
        contact: standIn ? contactOf(standIn, organisation) : filer,
        ...(standIn ? { standsInFor: professional.name } : {}),
        absent: absences.some((each) => each.professionalId === professional.id && absentOn(each, today)),
      };
    };
    const entryOf = (signal: Signal): OwnEntry => {
      const professional = professionals.get(signal.professionalId)!;
      const organisation = organisations.get(professional.organisationId)!;
      const description = descriptions.get(signal.id);
      return {
        entryId: signal.entryId,
        region: this.config.region,
        kind: signatory(document, organisation.id)?.kind ?? organisation.kind,
        filedAt: signal.filedAt,
        ...reachedBy(professional),
        contactMade: contacts
          .filter((contact) => contact.ownEntryId === signal.entryId)
          .map((contact) => contact.otherEntryId)
          .sort(),
        ...(description === undefined ? {} : { description }),
        bsnKnown: withBsn.has(signal.youthId),
        confirmed: confirmations
          .filter((confirmation) => confirmation.ownEntryId === signal.entryId)
          .map((confirmation) => confirmation.otherEntryId)
          .sort(),
        signalId: signal.id,
        signalNumber: signal.number,
        professionalId: signal.professionalId,
        youthId: signal.youthId,
        organisationId: organisation.id,
        organisationMunicipality:
          locationOf(professional, organisation)?.municipality ?? organisation.municipality,
      };
    };
    return youths.map((youth) => ({
      id: youth.id,
      index: youth.bsnIndex?.toString('hex') ?? null,
      parents: parents
        .filter((parent) => parent.youthId === youth.id)
        .map((parent) => parent.parentIndex.toString('hex'))
        .sort(),
      municipality: youth.municipality,
      residenceAsOf: youth.residenceAsOf,
      isProtected: youth.isProtected,
      entries: signals.filter((signal) => signal.youthId === youth.id).map(entryOf),
    }));
  }

  /** Per match: what each of our youths on its handle is called in it. A youth whose secret is not known yet has no name. */
  private async references(
    manager: EntityManager,
    youths: readonly OwnYouth[],
    opened: readonly OpenedMatch[],
  ): Promise<Scene['refs']> {
    const refs: Scene['refs'] = new Map();
    if (opened.length === 0) return refs;
    const handles = await this.handles.of(manager, youths.flatMap(youthRef));
    const secrets = new Map(
      handles.map((handle) => [handle.personIndex.toString('hex'), this.handles.secretOf(handle)]),
    );
    for (const { match, handle } of opened) {
      const names = new Map<string, string>();
      for (const youth of youths) {
        const secret = secrets.get(youth.index ?? '');
        if (secret && isOn(youth, handle)) names.set(youth.id, secret.youthRef(match.matchId));
      }
      refs.set(match.matchId, names);
    }
    return refs;
  }

  private async processManagers(manager: EntityManager): Promise<Map<string | null, ContactDetails>> {
    const people = await manager.find(Professional, {
      where: { roles: ArrayContains(['process-manager']) },
      order: { name: 'asc', id: 'asc' },
    });
    const organisations = new Map(
      (await manager.findBy(Organisation, { id: In(people.map((p) => p.organisationId)) })).map((o) => [
        o.id,
        o,
      ]),
    );
    const byMunicipality = new Map<string | null, ContactDetails>();
    for (const person of people) {
      if (!byMunicipality.has(person.municipality)) {
        byMunicipality.set(person.municipality, contactOf(person, organisations.get(person.organisationId)!));
      }
    }
    return byMunicipality;
  }

  /** What our card on a match says; undefined while a youth on it waits for the key holders. */
  private contentFor(
    { picture, youths, refs }: Scene,
    { match, handle, card }: OpenedMatch,
  ): CardContent | undefined {
    if (handle.role === 'described') {
      const index = handle.personIndex.toString('hex');
      const alike = youths.flatMap(({ entries }) => entries).filter((own) => own.description === index);
      return possibleContent(alike, card, (youthId) => picture.leadOf(youthId));
    }
    const onHandle = youths.filter((youth) => isOn(youth, handle) && youth.entries.length > 0);
    const names = refs.get(match.matchId)!;
    if (onHandle.length === 0 || onHandle.some((youth) => !names.has(youth.id))) return undefined;
    const theirs = new Set(card?.entries.map((entry) => entry.entryId));
    const all = onHandle
      .flatMap((youth) => youth.entries.map((own) => ({ own, youthRef: names.get(youth.id)! })))
      .sort((a, b) => byFiling(a.own, b.own));
    const entries = all.slice(0, MAX_ENTRIES).map(({ own, youthRef }): CardEntry => ({
      entryId: own.entryId,
      youthRef,
      ...own.filer,
      ...(own.standsInFor === undefined ? {} : { replacement: own.contact }),
      kind: own.kind,
      filedAt: own.filedAt.toISOString(),
      contactMade: own.contactMade.filter((entryId) => theirs.has(entryId)),
    }));
    const leads = onHandle.flatMap((youth): CardLead[] => {
      const lead = picture.leadOf(youth.id);
      return lead ? [leadFor(names.get(youth.id)!, lead)] : [];
    });
    const [only] = onHandle;
    const residence =
      handle.role === 'youth' && only && !only.isProtected && only.municipality !== null
        ? { residence: { municipality: only.municipality, asOf: only.residenceAsOf ?? '0001-01-01' } }
        : {};
    return { entries, leads: leads.slice(0, MAX_ENTRIES), more: all.length - entries.length, ...residence };
  }

  private async tell(manager: EntityManager, scene: Scene, youth: OwnYouth): Promise<void> {
    const views = scene.picture.viewsOf(youth.id);
    for (const { own, involved, possible, lead } of views) {
      await this.notices.update(manager, scene.covenant, {
        subject: `signal/${own.entryId}`,
        receiver: own.contact,
        signalNumber: own.signalNumber,
        ...(own.standsInFor === undefined ? {} : { standsInFor: own.standsInFor }),
        involved,
        possible,
        ...(lead ? { lead } : {}),
        leadIsReceiver: lead?.entryId === own.entryId,
      });
    }
    await this.tellProcessManager(manager, scene, youth, views);
  }

  /** A process manager who leads is involved too, and is told with whom. */
  private async tellProcessManager(
    manager: EntityManager,
    scene: Scene,
    youth: OwnYouth,
    views: ReturnType<MatchPicture['viewsOf']>,
  ): Promise<void> {
    const lead = scene.picture.leadOf(youth.id);
    const leads = lead?.because === 'process-manager' && lead.leadingRegion === this.config.region;
    const involved = views.some((view) => view.involved.length > 0)
      ? unite(views.flatMap((view) => [{ kind: 'same-youth' as const, entry: view.own }, ...view.involved]))
      : [];
    const receiver = [...scene.processManagers.values()].find(
      (candidate) => candidate.email === lead?.contact.email,
    );
    if (!leads || !receiver) return;
    await this.notices.update(manager, scene.covenant, {
      subject: `youth/${youth.id}`,
      receiver,
      involved,
      possible: [],
      lead,
      leadIsReceiver: true,
    });
  }
}

function unite<T extends { entry: Entry }>(involved: readonly T[]): T[] {
  const byEntry = new Map<string, T>();
  for (const each of involved) if (!byEntry.has(keyOf(each.entry))) byEntry.set(keyOf(each.entry), each);
  return [...byEntry.values()];
}

const isOn = (youth: OwnYouth, handle: { role: string; personIndex: Buffer }): boolean => {
  const index = handle.personIndex.toString('hex');
  return handle.role === 'youth'
    ? youth.index === index
    : handle.role === 'parent' && youth.parents.includes(index);
};

/** The youth by BSN; nothing for a youth without. */
const youthRef = ({ index }: OwnYouth): PersonRef[] =>
  index === null ? [] : [{ role: 'youth', index: Buffer.from(index, 'hex') }];

/** Whether anything that is kept needs the handle of a person, by role. */
const STILL_NEEDED: Record<Exclude<HandleRole, 'archive' | 'probe'>, string> = {
  youth: `select exists(select 1 from youth where bsn_index = $1)`,
  parent: `select exists(select 1 from youth_parent where parent_index = $1)`,
  described: `select exists(select 1 from signal_description where description_index = $1)`,
};

function unique(persons: readonly PersonRef[]): PersonRef[] {
  return [
    ...new Map(persons.map((person) => [`${person.role} ${person.index.toString('hex')}`, person])).values(),
  ];
}

const leadFor = (youthRef: string, lead: Lead): CardLead => ({
  youthRef,
  ...lead.contact,
  leadingRegion: lead.leadingRegion,
  leadingBecause: lead.leadingBecause,
  because: lead.because,
  ...(lead.entryId ? { entryId: lead.entryId } : {}),
});

/** The name of a pair of signals for the outside: says nothing, and cannot be made up. */
export const pairId = (ownEntryId: string, otherEntryId: string): string =>
  createHash('sha256').update(`${ownEntryId} ${otherEntryId}`).digest().subarray(0, 16).toString('base64url');
