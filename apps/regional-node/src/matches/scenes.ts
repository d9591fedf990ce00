import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ArrayContains, In, IsNull, type EntityManager } from 'typeorm';
import { Cards, type OpenedMatch } from '../cards/index.js';
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
import { Handles, type HandleRole, type PersonRef } from '../handles/index.js';
import { Municipalities } from '../municipalities/index.js';
import { SHARED, Signal, SignalDescription, Youth, YouthParent } from '../youths/index.js';
import { ContactMade } from './contact-made.entity.js';
import { MatchConfirmed } from './match-confirmed.entity.js';
import { MatchRejected } from './match-rejected.entity.js';
import { SamePerson } from './same-person.entity.js';
import { MatchPicture, type OwnYouth, type PeerCard } from './match-picture.js';
import { identityOf, type OwnEntry, type Receiver } from './match-picture.types.js';

/** A drawn picture of some youths and everybody around them, with what is needed to act on it. */
export interface Scene {
  picture: MatchPicture;
  /** The youths concerned, and further ones that are only needed to see those whole. */
  youths: OwnYouth[];
  concerned: Set<string>;
  opened: OpenedMatch[];
  refs: Map<string, Map<string, string>>;
  covenant: CovenantDocument;
  processManagers: Map<string | null, Receiver>;
}

/** Reads from the database what a picture is drawn of: youths with their signals and filers, and the cards of other regions. */
@Injectable()
export class Scenes {
  constructor(
    private readonly covenants: Covenants,
    private readonly handles: Handles,
    private readonly cards: Cards,
    private readonly registers: Registers,
    private readonly municipalities: Municipalities,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** Draws the picture around these persons: the youths among them, with their brothers and sisters. */
  async around(manager: EntityManager, persons: readonly PersonRef[]): Promise<Scene> {
    const indexes = (role: string) =>
      persons.filter((person) => person.role === role).map((person) => person.index);
    const touched = await manager.query<{ id: string }[]>(
      `select y.id from youth y where y.bsn_index = any($1)
       union select p.youth_id from youth_parent p where p.parent_index = any($2)
       union select s.youth_id from signal s join signal_description d on d.signal_id = s.id
         where d.description_index = any($3)`,
      [indexes('youth'), indexes('parent'), indexes('described')],
    );
    return this.of(
      manager,
      await this.withRelated(
        manager,
        touched.map((row) => row.id),
      ),
    );
  }

  /** These youths, their brothers and sisters, and who may be the same youth without BSN. */
  private async withRelated(manager: EntityManager, youthIds: readonly string[]): Promise<string[]> {
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

  /**
   * Draws the picture around the youths with these ids.
   * @param history the covenants to go by, when not the region's own
   */
  async of(manager: EntityManager, concerned: readonly string[], history?: CovenantHistory): Promise<Scene> {
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
      covenantMunicipalities: document.municipalities.map(({ code }) => this.municipalities.now(code)),
      covenantAt: (moment) => covenants.at(moment).document,
      processManagers,
      regionOf: (municipality) => this.registers.regionOf(municipality),
      presentCode: (municipality) => this.municipalities.now(municipality),
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
      where: { youthId: In(ids), ...SHARED },
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
    const identities = await this.identitiesOf(manager, [...professionals.values()]);
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
    const rejections = await manager.findBy(MatchRejected, { ownEntryId });
    const samePerson = await manager.findBy(SamePerson, { ownEntryId });
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
        contactId: (standIn ?? professional).id,
        contactPerson: (standIn ?? professional).subject,
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
        rejected: rejections
          .filter((rejection) => rejection.ownEntryId === signal.entryId)
          .map((rejection) => rejection.otherEntryId),
        samePerson: samePerson
          .filter((statement) => statement.ownEntryId === signal.entryId)
          .map((statement) => statement.otherEntryId),
        signalId: signal.id,
        signalNumber: signal.number,
        professionalId: signal.professionalId,
        person: professional.subject,
        identities: identities.get(professional.subject)!,
        youthId: signal.youthId,
        organisationId: organisation.id,
        organisationMunicipality:
          locationOf(professional, organisation)?.municipality ?? organisation.municipality,
      };
    };
    // whom only held signals are about is in no picture
    const shared = youths.filter(({ id }) => signals.some(({ youthId }) => youthId === id));
    return shared.map((youth) => ({
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

  /** By subject: the names and addresses under which these people are known in other regions, as of `OwnEntry`. */
  private async identitiesOf(
    manager: EntityManager,
    filers: readonly Professional[],
  ): Promise<Map<string, string[]>> {
    const rows = await manager.query<{ subject: string; name: string; email: string }[]>(
      `select p.subject, p.name, p.email from professional p
       where p.subject = any($1)
         and not exists (select from professional other
           where lower(other.email) = lower(p.email) and other.subject <> p.subject and other.departed_on is null)`,
      [filers.map(({ subject }) => subject)],
    );
    return new Map(
      filers.map(({ subject }) => [
        subject,
        rows.filter((row) => row.subject === subject).map((row) => identityOf(row)),
      ]),
    );
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

  private async processManagers(manager: EntityManager): Promise<Map<string | null, Receiver>> {
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
    const byMunicipality = new Map<string | null, Receiver>();
    for (const person of people) {
      const municipality = this.municipalities.now(person.municipality);
      if (!byMunicipality.has(municipality)) {
        byMunicipality.set(municipality, {
          id: person.id,
          person: person.subject,
          ...contactOf(person, organisations.get(person.organisationId)!),
        });
      }
    }
    return byMunicipality;
  }
}

/** Whether a handle stands for this youth, or for a parent of theirs. */
export const isOn = (youth: OwnYouth, handle: { role: string; personIndex: Buffer }): boolean => {
  const index = handle.personIndex.toString('hex');
  return handle.role === 'youth'
    ? youth.index === index
    : handle.role === 'parent' && youth.parents.includes(index);
};

/** The youth by BSN; nothing for a youth without. */
const youthRef = ({ index }: OwnYouth): PersonRef[] =>
  index === null ? [] : [{ role: 'youth', index: Buffer.from(index, 'hex') }];

function unique(persons: readonly PersonRef[]): PersonRef[] {
  return [
    ...new Map(persons.map((person) => [`${person.role} ${person.index.toString('hex')}`, person])).values(),
  ];
}
