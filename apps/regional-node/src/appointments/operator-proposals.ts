import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { invalidField, Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { ArrayContains, DataSource, In, type EntityManager } from 'typeorm';
import { Audit, MACHINE, type AuditActor } from '../audit/index.js';
import { held, Professional } from '../directory/index.js';
import { changeLogin, refuseTaken } from '../logins/index.js';
import { OperatorProposal } from './operator-proposal.entity.js';
import { isConfirmedOnMachine, mayConfirm } from './rules/may-confirm.rule.js';

/** What takes two operators, or one and the command on the machine of the node: operators themselves, and the login of a person. */
@Injectable()
export class OperatorProposals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-input` when something is proposed of them already, or the last operator would go */
  async propose(
    manager: EntityManager,
    operator: Professional,
    kind: OperatorProposal['kind'],
    person: Professional,
    subject: string | null = null,
  ): Promise<void> {
    await this.lock(manager);
    const designations = await manager.findBy(Professional, { subject: person.subject });
    if (await manager.existsBy(OperatorProposal, { professionalId: In(designations.map(({ id }) => id)) }))
      throw invalidField('professional', 'taken', 'Over deze persoon ligt al een voorstel.');
    if (kind === 'appoint' && designations.some(({ roles }) => roles.includes('operator')))
      throw invalidField('professional', 'taken', 'Deze persoon heeft deze rol al.');
    if (kind === 'dismiss') await this.refuseLast(manager, person.subject);
    if (subject !== null) await refuseTaken(manager, subject);
    await manager.insert(OperatorProposal, {
      ...{ id: randomUUID(), kind, professionalId: person.id, subject },
      ...{ proposedById: operator.id, proposedAt: this.clock.now() },
    });
    if (kind === 'change-login')
      await this.audit.record(manager, operator.id, 'login-change-proposed', { professional: person.id });
    else
      await this.audit.record(manager, operator.id, 'operator-proposed', { professional: person.id, kind });
  }

  /** Confirms as another operator. @throws Problem `not-found`, `own-proposal` */
  confirm(operator: Professional, id: string): Promise<void> {
    return this.carryOut(id, operator.id, (proposal) => mayConfirm(operator.subject, proposal));
  }

  /** Confirms as the command on the machine. @throws Problem `not-found`, `own-proposal` when another operator can confirm */
  async confirmOnMachine(id: string): Promise<void> {
    const operators = await operatorsOf(this.dataSource.manager);
    await this.carryOut(id, MACHINE, (proposal) => isConfirmedOnMachine(operators, proposal));
  }

  /** Any operator may stop it, also who proposed it. @throws Problem `not-found` */
  async withdraw(operator: Professional, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { professionalId, kind } = await this.take(manager, id);
      await this.audit.record(manager, operator.id, 'operator-proposal-withdrawn', {
        professional: professionalId,
        kind,
      });
    });
  }

  private async carryOut(
    id: string,
    actor: AuditActor,
    may: (proposal: { proposedBy: string; about: string }) => boolean,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { kind, professionalId, proposedById, subject } = await this.take(manager, id);
      const person = await held(manager, professionalId);
      if (!person || person.departedOn !== null) throw new Problem('not-found');
      const proposer = await manager.findOneByOrFail(Professional, { id: proposedById });
      if (!may({ proposedBy: proposer.subject, about: person.subject })) throw new Problem('own-proposal');
      if (kind === 'change-login') {
        for (const professional of await changeLogin(manager, person.subject, subject!))
          await this.audit.record(manager, actor, 'login-changed', {
            professional,
            proposedBy: proposedById,
          });
        return;
      }
      if (kind === 'dismiss') await this.refuseLast(manager, person.subject);
      const others = person.roles.filter((role) => role !== 'operator');
      await manager.update(
        Professional,
        { id: person.id },
        { roles: kind === 'appoint' ? [...others, 'operator'] : others },
      );
      // what somebody proposed as operator does not outlive that
      if (kind === 'dismiss') await manager.delete(OperatorProposal, { proposedById: person.id });
      await this.audit.record(
        manager,
        actor,
        kind === 'appoint' ? 'operator-appointed' : 'operator-dismissed',
        { professional: person.id, proposedBy: proposedById },
      );
    });
  }

  /** Takes a proposal off the list; undone when the transaction fails. @throws Problem `not-found` */
  private async take(manager: EntityManager, id: string): Promise<OperatorProposal> {
    await this.lock(manager);
    const proposal = isUUID(id) ? await manager.findOneBy(OperatorProposal, { id }) : null;
    if (!proposal) throw new Problem('not-found');
    await manager.delete(OperatorProposal, { id });
    return proposal;
  }

  private async refuseLast(manager: EntityManager, subject: string): Promise<void> {
    if ((await operatorsOf(manager)).every((each) => each === subject))
      throw invalidField('role', 'last', 'Dit is de enige beheerder. Benoem eerst een andere beheerder.');
  }

  /** One at a time, so that two dismissals do not leave nobody. */
  private async lock(manager: EntityManager): Promise<void> {
    await manager.query('lock table operator_proposal in share row exclusive mode');
  }
}

/** The subjects of those who are operator now. */
export const operatorsOf = async (manager: EntityManager): Promise<string[]> =>
  (
    await manager.find(Professional, {
      select: { id: true, subject: true },
      where: { roles: ArrayContains(['operator']) },
    })
  ).map(({ subject }) => subject);
