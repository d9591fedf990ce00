import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { invalidField, Problem } from '#libs/problems';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants, functionFault, functionsOf } from '../covenant/index.js';
import { held, Organisation, Professional } from '../directory/index.js';
import { changeLogin, needsSecondOperator } from '../logins/index.js';
import { Matches } from '../matches/index.js';
import { Municipalities } from '../municipalities/index.js';
import { MunicipalityWarnings, refuseUnlessAccepted } from '../municipality-warnings/index.js';
import {
  APPOINTED_ROLES,
  NO_SUBJECT,
  type AppointedRole,
  type AppointmentsShown,
  type AppointRequest,
  type ChangeProcessManagerRequest,
  type DismissRequest,
  type LoginChangeDone,
  type NewPerson,
  type PersonShown,
} from './appointments.dto.js';
import { OperatorProposal } from './operator-proposal.entity.js';
import { OperatorProposals } from './operator-proposals.js';
import { isConfirmedOnMachine, mayConfirm } from './rules/may-confirm.rule.js';

/**
 * Appoints, changes and dismisses process managers, coordinators and operators.
 *
 * A process manager who goes may leave municipalities whose matches nobody follows up: that is accepted by name, or refused. An operator
 * comes and goes by a proposal that another operator confirms.
 */
@Injectable()
export class Appointments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly municipalities: Municipalities,
    private readonly warnings: MunicipalityWarnings,
    private readonly proposals: OperatorProposals,
    private readonly matches: Matches,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  async shown(operator: Professional): Promise<AppointmentsShown> {
    const { manager } = this.dataSource;
    const everybody = await manager.find(Professional, {
      where: { departedOn: IsNull() },
      order: { name: 'asc', id: 'asc' },
    });
    const organisations = await manager.find(Organisation, { order: { name: 'asc', id: 'asc' } });
    const personOf = ({ id, name, organisationId }: Professional): PersonShown => ({
      ...{ id, name, organisation: organisations.find((each) => each.id === organisationId)!.name },
    });
    const named = (id: string | null) => everybody.find((each) => each.id === id);
    const operators = everybody.filter(({ roles }) => roles.includes('operator')).map((each) => each.subject);
    const { document } = await this.covenants.current(manager);
    const proposals = await manager.find(OperatorProposal, { order: { proposedAt: 'asc' } });
    return {
      appointments: everybody.flatMap((person) =>
        APPOINTED_ROLES.filter((role) => person.roles.includes(role)).map((role) => ({
          ...{ ...personOf(person), role },
          ...(role === 'process-manager' ? this.servedBy(person, named(person.deputyId), personOf) : {}),
        })),
      ),
      proposals: proposals.flatMap(({ id, kind, professionalId, proposedById, proposedAt, subject }) => {
        const [about, by] = [named(professionalId), named(proposedById)];
        if (!about || !by) return [];
        const proposal = { proposedBy: by.subject, about: about.subject };
        return {
          ...{ id, kind, person: personOf(about), proposedBy: personOf(by) },
          ...(subject === null ? {} : { subject }),
          ...{ proposedAt: proposedAt.toISOString(), mayConfirm: mayConfirm(operator.subject, proposal) },
          onMachine: isConfirmedOnMachine(operators, proposal),
        };
      }),
      warnings: await this.warnings.present(manager),
      people: everybody.map(personOf),
      organisations: organisations.map((organisation) => ({
        ...{ id: organisation.id, name: organisation.name },
        functions: functionsOf(document, organisation),
      })),
    };
  }

  /** @throws Problem `invalid-input` */
  async appoint(operator: Professional, request: AppointRequest): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.lock(manager);
      const { role } = request;
      const person = request.person
        ? await this.enter(manager, operator, request.person)
        : await this.find(manager, request.professional);
      if (person.roles.includes(role))
        throw invalidField('professional', 'taken', 'Deze persoon heeft deze rol al.');
      if (role !== 'process-manager' && (request.municipality !== undefined || request.deputy !== undefined))
        throw invalidField('municipality', 'contradiction', 'Alleen een procesmanager heeft een gemeente.');
      if (role === 'operator') return this.proposals.propose(manager, operator, 'appoint', person);
      refuseOneself(operator, person);
      const roles = [...person.roles, role];
      if (role === 'coordinator') {
        await manager.update(Professional, { id: person.id }, { roles });
        await this.audit.record(manager, operator.id, 'coordinator-appointed', { professional: person.id });
        return;
      }
      const municipality = await this.municipalityIn(manager, request);
      const deputyId = await this.deputyIn(manager, person, request.deputy);
      await manager.update(Professional, { id: person.id }, { roles, municipality, deputyId });
      await this.audit.record(manager, operator.id, 'process-manager-appointed', {
        professional: person.id,
        ...logged({ municipality, deputy: deputyId, accepted: request.accepted }),
      });
    });
    this.matches.wake();
  }

  /** Changes municipality or deputy of a process manager. @throws Problem `not-found`, `invalid-input` */
  async change(operator: Professional, id: string, request: ChangeProcessManagerRequest): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.lock(manager);
      const person = await this.withRole(manager, id, 'process-manager');
      refuseOneself(operator, person);
      const municipality =
        request.municipality === undefined ? undefined : await this.municipalityIn(manager, request);
      if (municipality !== undefined)
        refuseUnlessAccepted(await this.warnings.lost(manager, { id, municipality }), request.accepted);
      const deputyId =
        request.deputy === undefined ? undefined : await this.deputyIn(manager, person, request.deputy);
      const changes = {
        ...(municipality === undefined ? {} : { municipality }),
        ...(deputyId === undefined ? {} : { deputyId }),
      };
      if (Object.keys(changes).length === 0) return;
      await manager.update(Professional, { id }, changes);
      await this.audit.record(manager, operator.id, 'process-manager-changed', {
        professional: id,
        ...logged({ municipality, deputy: deputyId, accepted: request.accepted }),
      });
    });
    this.matches.wake();
  }

  /** @throws Problem `not-found`, `invalid-input` */
  async dismiss(operator: Professional, id: string, { role, accepted }: DismissRequest): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.lock(manager);
      const person = await this.withRole(manager, id, role);
      if (role === 'operator') return this.proposals.propose(manager, operator, 'dismiss', person);
      const roles = person.roles.filter((each) => each !== role);
      if (role === 'coordinator') {
        await manager.update(Professional, { id }, { roles });
        await this.audit.record(manager, operator.id, 'coordinator-dismissed', { professional: id });
        return;
      }
      refuseUnlessAccepted(await this.warnings.lost(manager, { id, municipality: null }), accepted);
      await manager.update(Professional, { id }, { roles, municipality: null, deputyId: null });
      await manager.update(Professional, { deputyId: id }, { deputyId: null });
      await this.audit.record(manager, operator.id, 'process-manager-dismissed', {
        professional: id,
        ...logged({ accepted }),
      });
    });
    this.matches.wake();
  }

  /**
   * Changes the login of a person: at once where theirs never worked, else by a proposal.
   * @throws Problem `not-found`, `invalid-input`
   */
  async changeLogin(operator: Professional, id: string, subject: string): Promise<LoginChangeDone> {
    this.refuseUnknownProvider('subject', subject);
    return this.dataSource.transaction(async (manager) => {
      await this.lock(manager);
      const person = await held(manager, id);
      if (!person || person.departedOn !== null) throw new Problem('not-found');
      if (needsSecondOperator(await manager.findBy(Professional, { subject: person.subject }))) {
        await this.proposals.propose(manager, operator, 'change-login', person, subject);
        return { proposed: true };
      }
      for (const professional of await changeLogin(manager, person.subject, subject))
        await this.audit.record(manager, operator.id, 'login-changed', { professional });
      return { proposed: false };
    });
  }

  /** Of a further provider an identifier has the id before it, of the first no id and no space. */
  private refuseUnknownProvider(field: string, subject: string): void {
    const [id, rest] = subject.split(' ');
    if (rest !== undefined && !this.config.furtherProviders.some((provider) => provider.id === id))
      throw invalidField(field, 'pattern', NO_SUBJECT);
  }

  private servedBy(
    { municipality }: Professional,
    deputy: Professional | undefined,
    personOf: (person: Professional) => PersonShown,
  ) {
    const present = this.municipalities.now(municipality);
    return {
      ...(municipality === null ? {} : { municipality }),
      ...(present === municipality || present === null ? {} : { presentMunicipality: present }),
      ...(deputy ? { deputy: personOf(deputy) } : {}),
    };
  }

  private async municipalityIn(
    manager: EntityManager,
    { municipality = null, accepted }: { municipality?: string | null; accepted?: string[] },
  ): Promise<string | null> {
    if (municipality !== null) {
      refuseUnlessAccepted(this.warnings.ofCode(municipality), accepted);
      return municipality;
    }
    const { document } = await this.covenants.current(manager);
    if (document.municipalities.length > 0)
      throw invalidField('municipality', 'missing', 'Kies een gemeente.');
    return null;
  }

  private async deputyIn(
    manager: EntityManager,
    { subject }: Professional,
    deputy: string | null | undefined,
  ): Promise<string | null> {
    if (deputy === undefined || deputy === null) return null;
    const person = await held(manager, deputy);
    if (!person?.roles.includes('process-manager') || person.subject === subject)
      throw invalidField('deputy', 'unknown', 'Kies een andere procesmanager als vervanger.');
    return person.id;
  }

  private async find(manager: EntityManager, id: string | undefined): Promise<Professional> {
    const person = id === undefined ? null : await held(manager, id);
    if (!person || person.departedOn !== null) throw invalidField('professional', 'unknown', 'Kies iemand.');
    return person;
  }

  private async withRole(manager: EntityManager, id: string, role: AppointedRole): Promise<Professional> {
    const person = await held(manager, id);
    if (!person?.roles.includes(role) || person.departedOn !== null) throw new Problem('not-found');
    return person;
  }

  private async enter(
    manager: EntityManager,
    operator: Professional,
    person: NewPerson,
  ): Promise<Professional> {
    const { organisation, ...fields } = person;
    this.refuseUnknownProvider('person.subject', fields.subject);
    const known = await manager.findOneBy(Organisation, { id: organisation });
    if (!known) throw invalidField('person.organisation', 'unknown', 'Kies een organisatie.');
    const { document } = await this.covenants.current(manager);
    const fault = functionFault('person.function', fields.function, functionsOf(document, known));
    if (fault) throw new Problem('invalid-input', { invalidParams: [fault] });
    if (await manager.existsBy(Professional, { subject: fields.subject, organisationId: organisation }))
      throw invalidField('person.subject', 'taken', 'Deze persoon staat al bij deze organisatie.');
    const entered = manager.create(Professional, {
      ...{ ...fields, id: randomUUID(), organisationId: organisation, locationId: null },
      ...{ roles: [], designated: false, municipality: null, deputyId: null, departedOn: null },
      ...{
        contactConfirmedOn: dayInAmsterdam(this.clock.now()),
        contactRemindedOn: null,
        emailRefusedAt: null,
        contactWaitsSince: this.clock.now(),
      },
    });
    await manager.insert(Professional, entered);
    await this.audit.record(manager, operator.id, 'professional-added', { professional: entered.id });
    return entered;
  }

  /** One appointment at a time, so that two dismissals do not leave a municipality alone unnoticed. */
  private async lock(manager: EntityManager): Promise<void> {
    await manager.query('lock table operator_proposal in share row exclusive mode');
  }
}

/** A role over the matches of others is given by somebody else: another operator, under whatever designation. */
function refuseOneself(operator: Professional, person: Professional): void {
  if (operator.subject === person.subject)
    throw invalidField('professional', 'oneself', 'Laat een andere beheerder dit voor u doen.');
}

/** What of it is there. */
const logged = (fields: {
  municipality?: string | null | undefined;
  deputy?: string | null | undefined;
  accepted?: string[] | undefined;
}): { municipality?: string; deputy?: string; accepted?: string[] } => ({
  ...(fields.municipality ? { municipality: fields.municipality } : {}),
  ...(fields.deputy ? { deputy: fields.deputy } : {}),
  ...(fields.accepted && fields.accepted.length > 0 ? { accepted: fields.accepted } : {}),
});
