import { Injectable } from '@nestjs/common';
import { invalidField, Problem } from '#libs/problems';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { Covenants, functionFault, functionsOf, signatory } from '../covenant/index.js';
import {
  Absence,
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
import type {
  ChangedColleague,
  ChangeProfessionalRequest,
  Colleague,
  Me,
  OtherDesignation,
  StandIn,
} from './dto/professional.dto.js';
import { ContactsService } from './contacts.service.js';
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
  ) {}

  async me(professional: Professional): Promise<Me> {
    const organisation = await organisationOf(this.dataSource.manager, professional);
    const { document } = await this.covenants.current();
    const signed = signatory(document, organisation.id);
    const absence = await this.dataSource.manager.findOneBy(Absence, { professionalId: professional.id });
    return {
      ...colleague(professional),
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
      where: { id: Not(id), organisationId, designated: true, departedOn: IsNull() },
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
    return Promise.all(
      professionals.map(async (professional) => {
        const absence = absences.find(({ professionalId }) => professionalId === professional.id);
        const contact = await this.contacts.stateOf(professional);
        return {
          ...colleague(professional),
          contact,
          ...(absence ? { absence: absenceShown(absence) } : {}),
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
   * Changes contact data or designation; whoever matches the professional learns it too.
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
        await manager.update(Professional, { id }, { ...changes, ...this.contacts.enteredNow(fields) });
        await this.audit.record(manager, coordinator.id, 'professional-changed', {
          professional: id,
          fields,
        });
        await this.matches.retell(manager, professional);
      }
      return colleague(Object.assign(professional, changes));
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

const colleague = ({
  id,
  name,
  function: job,
  phone,
  email,
  roles,
  designated,
  locationId,
}: Professional): ChangedColleague => ({
  id,
  name,
  function: job,
  phone,
  email,
  roles,
  designated,
  ...(locationId === null ? {} : { location: locationId }),
});
