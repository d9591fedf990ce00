import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { ArrayContains, DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { isConfirmedOnMachine, mayConfirm } from '../appointments/index.js';
import { Audit } from '../audit/index.js';
import { held, Organisation, Professional } from '../directory/index.js';
import type { PersonProposalShown } from './dto/proposal.dto.js';
import { PersonProposal, type PersonProposalKind } from './person-proposal.entity.js';
import { looksAfter } from './professionals.access.js';
import { isSolo, whoConfirms } from './rules/who-confirms.rule.js';

/** A proposal with the people concerned. */
export interface Concerned {
  proposal: PersonProposal;
  professional: Professional;
  proposer: Professional;
  colleague: Professional | null;
}

/** What one person cannot decide about another alone: it waits here for a second one. */
@Injectable()
export class PersonProposals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Has something wait for a second person, instead of what waited before. */
  async propose(
    manager: EntityManager,
    actor: Professional,
    kind: PersonProposalKind,
    professional: Pick<Professional, 'id'>,
    colleague?: Professional,
  ): Promise<void> {
    await this.forget(manager, professional.id, kind);
    const colleagueId = colleague?.id ?? null;
    await manager.insert(PersonProposal, {
      ...{ id: randomUUID(), kind, professionalId: professional.id, colleagueId },
      ...{ proposedById: actor.id, proposedAt: this.clock.now() },
    });
    await this.audit.record(manager, actor.id, 'person-proposed', {
      ...{ professional: professional.id, kind },
      ...(colleagueId === null ? {} : { colleague: colleagueId }),
    });
  }

  /** Forgets what was decided in another way. */
  async forget(manager: EntityManager, professionalId: string, kind: PersonProposalKind): Promise<void> {
    await manager.delete(PersonProposal, { professionalId, kind });
  }

  /** Forgets all about somebody who left, and what they would do or proposed. */
  async forgetPerson(manager: EntityManager, id: string): Promise<void> {
    for (const role of ['professionalId', 'colleagueId', 'proposedById'] as const)
      await manager.delete(PersonProposal, { [role]: id });
  }

  /** Those among these whose designation waits. */
  async aboutDesignationOf(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
    const waiting = await manager.findBy(PersonProposal, {
      ...{ professionalId: In([...ids]), kind: 'designation' as const },
    });
    return new Set(waiting.map(({ professionalId }) => professionalId));
  }

  /** What waits: for the operator all, for a coordinator that of the own organisation. */
  async shownTo(actor: Professional): Promise<PersonProposalShown[]> {
    const { manager } = this.dataSource;
    const shown: PersonProposalShown[] = [];
    for (const proposal of await manager.find(PersonProposal, { order: { proposedAt: 'asc', id: 'asc' } })) {
      const concerned = await this.concerned(manager, proposal);
      const { professional, proposer, colleague } = concerned;
      if (!sees(actor, professional)) continue;
      const { id, kind, proposedAt } = proposal;
      const organisation = await manager.findOneByOrFail(Organisation, { id: professional.organisationId });
      shown.push({
        ...{ id, kind, person: named(professional), organisation: organisation.name },
        ...(colleague ? { colleague: named(colleague) } : {}),
        ...{ proposedBy: named(proposer), proposedAt: proposedAt.toISOString() },
        mayConfirm: await this.mayConfirm(manager, actor, concerned),
        onMachine: await this.isConfirmedOnMachine(manager, concerned),
      });
    }
    return shown;
  }

  /**
   * Takes a proposal off the list to carry it out; undone when the transaction fails. The person is held.
   * @param confirmer null for the command on the machine
   * @throws Problem `not-found`; `own-proposal` when somebody else must confirm it
   */
  async take(manager: EntityManager, confirmer: Professional | null, id: string): Promise<Concerned> {
    const concerned = await this.find(manager, confirmer, id);
    const may = confirmer
      ? await this.mayConfirm(manager, confirmer, concerned)
      : await this.isConfirmedOnMachine(manager, concerned);
    if (!may) throw new Problem('own-proposal');
    await manager.delete(PersonProposal, { id });
    return concerned;
  }

  /** Takes the designations off the list that the first login of a solo functionary confirms. */
  async takeOfSolo(manager: EntityManager, subject: string): Promise<Concerned[]> {
    const rows = await manager.findBy(Professional, { subject, firstLoginAt: IsNull() });
    const proposals = await manager.findBy(PersonProposal, {
      ...{ professionalId: In(rows.map(({ id }) => id)), kind: 'designation' as const },
    });
    const taken: Concerned[] = [];
    for (const { id, professionalId } of proposals) {
      if (!(await held(manager, professionalId))) continue;
      const proposal = await manager.findOneBy(PersonProposal, { id });
      const concerned = proposal && (await this.concerned(manager, proposal));
      if (!concerned || !isSolo(await this.staffing(manager, concerned.professional))) continue;
      await manager.delete(PersonProposal, { id });
      taken.push(concerned);
    }
    return taken;
  }

  /** Whoever sees a proposal may stop it. @throws Problem `not-found` */
  async withdraw(actor: Professional, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { proposal } = await this.find(manager, actor, id);
      await manager.delete(PersonProposal, { id });
      await this.audit.record(manager, actor.id, 'person-proposal-withdrawn', {
        ...{ professional: proposal.professionalId, kind: proposal.kind },
      });
    });
  }

  /** @throws Problem `not-found`, the same for none and one about somebody of another organisation */
  private async find(manager: EntityManager, actor: Professional | null, id: string): Promise<Concerned> {
    const asked = isUUID(id) ? await manager.findOneBy(PersonProposal, { id }) : null;
    const professional = asked && (await held(manager, asked.professionalId));
    if (!professional || (actor && !sees(actor, professional))) throw new Problem('not-found');
    // who held the person meanwhile may have decided
    const proposal = await manager.findOneBy(PersonProposal, { id });
    if (!proposal) throw new Problem('not-found');
    return this.concerned(manager, proposal);
  }

  private async concerned(manager: EntityManager, proposal: PersonProposal): Promise<Concerned> {
    const { professionalId, proposedById, colleagueId } = proposal;
    const find = (id: string) => manager.findOneByOrFail(Professional, { id });
    return {
      ...{ proposal, professional: await find(professionalId), proposer: await find(proposedById) },
      colleague: colleagueId === null ? null : await find(colleagueId),
    };
  }

  private async mayConfirm(
    manager: EntityManager,
    actor: Professional,
    concerned: Concerned,
  ): Promise<boolean> {
    return (
      (await this.confirmers(manager, concerned)).some(({ id }) => id === actor.id) &&
      mayConfirm(actor.subject, parties(concerned))
    );
  }

  /** Only an operator has the machine: it stands for the second operator, never for an organisation. */
  private async isConfirmedOnMachine(manager: EntityManager, concerned: Concerned): Promise<boolean> {
    const roles = whoConfirms(concerned.proposal.kind, await this.staffing(manager, concerned.professional));
    const subjects = (await this.confirmers(manager, concerned)).map(({ subject }) => subject);
    return roles.includes('operator') && isConfirmedOnMachine(subjects, parties(concerned));
  }

  /** Who has a role in which this is confirmed. */
  private async confirmers(
    manager: EntityManager,
    { proposal, professional }: Concerned,
  ): Promise<Professional[]> {
    const roles = whoConfirms(proposal.kind, await this.staffing(manager, professional));
    const { organisationId } = professional;
    return manager.find(Professional, {
      where: roles.map((role) => ({
        ...{ departedOn: IsNull(), roles: ArrayContains([role]) },
        ...(role === 'coordinator' ? { organisationId } : {}),
      })),
    });
  }

  private async staffing(manager: EntityManager, { organisationId }: Professional) {
    const people = await manager.findBy(Professional, { organisationId, departedOn: IsNull() });
    const coordinators = people.filter(({ roles }) => roles.includes('coordinator'));
    return { people: people.length, coordinators: coordinators.length };
  }
}

/** Whom the proposal is to make somebody: they do not confirm it, nor does the proposer. */
const parties = ({ proposer, colleague, professional }: Concerned) => ({
  proposedBy: proposer.subject,
  about: (colleague ?? professional).subject,
});

const sees = (actor: Professional, professional: Professional): boolean =>
  actor.roles.includes('operator') ||
  (actor.roles.includes('coordinator') && looksAfter(actor, professional));

const named = ({ id, name }: Professional) => ({ id, name });
