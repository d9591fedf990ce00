import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { invalidField, Problem } from '#libs/problems';
import { DataSource, In, IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { Covenants, functionFault, functionsOf, signatory } from '../covenant/index.js';
import {
  Absence,
  type ContactChange,
  designationsOf,
  held,
  locationOf,
  mayAct,
  Organisation,
  organisationOf,
  Professional,
} from '../directory/index.js';
import { absenceShown } from './absences.service.js';
import { Matches } from '../matches/index.js';
import { FilingLimitRaise } from '../signals/index.js';
import type {
  ChangedColleague,
  ChangeProfessionalRequest,
  Colleague,
  Me,
  OtherDesignation,
  StandIn,
} from './dto/professional.dto.js';
import { ContactChanges, fieldsOf } from './contact-changes.service.js';
import { ContactsService } from './contacts.service.js';
import { PersonProposals } from './person-proposals.js';
import { looksAfter } from './professionals.access.js';

/** What people see of themselves, and what a coordinator sees and changes of the own organisation's people. */
@Injectable()
export class ProfessionalsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly audit: Audit,
    private readonly matches: Matches,
    private readonly contacts: ContactsService,
    private readonly changes: ContactChanges,
    private readonly proposals: PersonProposals,
    private readonly clock: Clock,
  ) {}

  async me(professional: Professional): Promise<Me> {
    const organisation = await organisationOf(this.dataSource.manager, professional);
    const { document } = await this.covenants.current();
    const signed = signatory(document, organisation.id);
    const absence = await this.dataSource.manager.findOneBy(Absence, { professionalId: professional.id });
    return {
      ...own(professional),
      contactChanges: await this.changes.shownTo(professional),
      contact: await this.contacts.stateOf(professional),
      ...(absence ? { absence: absenceShown(absence) } : {}),
      ...(professional.municipality === null ? {} : { municipality: professional.municipality }),
      organisation: {
        id: organisation.id,
        name: organisation.name,
        signatory: signed !== undefined,
        sector: signed?.sector,
        kind: signed?.kind,
        mayUseBsn: signed?.mayUseBsn ?? false,
        location: locationOf(professional, organisation),
      },
      covenant: document.name,
      others: await this.others(professional),
    };
  }

  /** @throws Problem `not-found`, the same for nobody, somebody else and a designation that is over */
  async checkOwn({ subject }: Professional, id: string): Promise<void> {
    const own = await designationsOf(this.dataSource.manager, subject);
    if (!own.some((designation) => designation.id === id && mayAct(designation)))
      throw new Problem('not-found');
  }

  private async others({ id, subject }: Professional): Promise<OtherDesignation[]> {
    const { manager } = this.dataSource;
    const others = (await designationsOf(manager, subject)).filter((each) => each.id !== id && mayAct(each));
    const organisations = await manager.findBy(Organisation, {
      id: In(others.map(({ organisationId }) => organisationId)),
    });
    return others.map((other) => {
      const { id: key, name } = organisations.find((each) => each.id === other.organisationId)!;
      return { id: other.id, function: other.function, organisation: { id: key, name } };
    });
  }

  /** Who of the own organisation may file signals, and so may stand in for whoever asks. */
  async standIns({ id, organisationId }: Professional): Promise<StandIn[]> {
    const colleagues = await this.dataSource.manager.find(Professional, {
      where: {
        id: Not(id),
        organisationId,
        designated: true,
        departedOn: IsNull(),
        contactWaitsSince: IsNull(),
      },
      order: { name: 'asc', id: 'asc' },
    });
    return colleagues.map((one) => ({ id: one.id, name: one.name, function: one.function }));
  }

  async list(coordinator: Professional): Promise<Colleague[]> {
    const professionals = await this.dataSource.manager.find(Professional, {
      where: { organisationId: coordinator.organisationId, departedOn: IsNull() },
      order: { name: 'asc', id: 'asc' },
    });
    const absences = await this.dataSource.manager.findBy(Absence, {
      professionalId: In(professionals.map(({ id }) => id)),
    });
    const waiting = await this.changes.waiting(
      this.dataSource.manager,
      professionals.map(({ id }) => id),
    );
    const raises = await this.dataSource.manager.findBy(FilingLimitRaise, {
      professionalId: In(professionals.map(({ id }) => id)),
      until: MoreThan(this.clock.now()),
    });
    return Promise.all(
      professionals.map(async (professional) => {
        const raise = raises.find(({ professionalId }) => professionalId === professional.id);
        const absence = absences.find(({ professionalId }) => professionalId === professional.id);
        const contact = await this.contacts.stateOf(professional);
        return {
          ...own(professional),
          ...{ contact, unconfirmed: unconfirmedIn(waiting.get(professional.id)) },
          ...(absence ? { absence: absenceShown(absence) } : {}),
          ...(raise ? { filingLimitRaisedUntil: raise.until.toISOString() } : {}),
        };
      }),
    );
  }

  /** The functions that people of the coordinator's organisation may have. */
  async functions(coordinator: Professional, manager = this.dataSource.manager): Promise<string[]> {
    const { document } = await this.covenants.current(manager);
    return functionsOf(document, await organisationOf(manager, coordinator));
  }

  private async checkFunction(
    manager: EntityManager,
    professional: Professional,
    wanted: string | undefined,
  ): Promise<void> {
    if (wanted === undefined) return;
    const listed = await this.functions(professional, manager);
    const fault = functionFault('function', wanted, listed, professional.function);
    if (fault) throw new Problem('invalid-input', { invalidParams: [fault] });
  }

  /**
   * Changes contact data or designation; whoever matches the professional learns it too, once it counts.
   * @throws Problem `not-found`, the same for nobody and somebody of another organisation.
   */
  async change(
    coordinator: Professional,
    id: string,
    { location, ...change }: ChangeProfessionalRequest,
  ): Promise<ChangedColleague> {
    const changed = await this.dataSource.transaction(async (manager) => {
      const professional = await held(manager, id);
      if (!professional || professional.departedOn !== null || !looksAfter(coordinator, professional))
        throw new Problem('not-found');
      await this.checkFunction(manager, professional, change.function);
      const locationId =
        location === undefined ? undefined : await knownLocation(manager, professional, location);
      const changes = Object.fromEntries(
        Object.entries({ ...change, locationId }).filter(([, value]) => value !== undefined),
      );
      const fields = Object.keys(changes);
      if (fields.length > 0) {
        const counting = await this.changes.enter(manager, coordinator, professional, changes);
        const entered = { ...counting, ...this.contacts.enteredNow(Object.keys(counting)) };
        if (Object.keys(entered).length > 0) await manager.update(Professional, { id }, entered);
        Object.assign(professional, entered);
        if (change.designated !== undefined) await this.proposals.forget(manager, id, 'designation');
        await this.audit.record(manager, coordinator.id, 'professional-changed', {
          professional: id,
          fields,
        });
        await this.matches.retell(manager, professional);
      }
      const waiting = await this.changes.waiting(manager, [id]);
      return { ...own(professional), unconfirmed: unconfirmedIn(waiting.get(id)) };
    });
    this.matches.wake();
    return changed;
  }
}

/** @throws Problem `invalid-input` for a location that the organisation does not have */
async function knownLocation(
  manager: EntityManager,
  professional: Professional,
  location: string | null,
): Promise<string | null> {
  const { locations } = await organisationOf(manager, professional);
  if (location === null || locations.some(({ id }) => id === location)) return location;
  throw invalidField('location', 'unknown', 'Deze locatie heeft de organisatie niet.');
}

const unconfirmedIn = (change: ContactChange | undefined) => (change ? fieldsOf(change) : []);

const own = ({
  id,
  name,
  function: job,
  phone,
  email,
  roles,
  designated,
  locationId,
}: Professional): Omit<ChangedColleague, 'unconfirmed'> => ({
  id,
  name,
  function: job,
  phone,
  email,
  roles,
  designated,
  ...(locationId === null ? {} : { location: locationId }),
});
