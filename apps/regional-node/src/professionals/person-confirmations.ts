import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, MACHINE, type AuditActor } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { AbsencesService } from './absences.service.js';
import { DeparturesService } from './departures.service.js';
import { PersonProposals, type Concerned } from './person-proposals.js';

/** Carries out what a second person agreed to. */
@Injectable()
export class PersonConfirmations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly proposals: PersonProposals,
    private readonly absences: AbsencesService,
    private readonly departures: DeparturesService,
    private readonly matches: Matches,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem `not-found`, `own-proposal`, and what the planned act throws */
  async confirm(confirmer: Professional, id: string): Promise<void> {
    await this.carryOut(confirmer, confirmer.id, id);
  }

  /** Confirms as the command on the machine. @throws Problem as {@link confirm}; `own-proposal` when somebody else can confirm */
  confirmOnMachine(id: string): Promise<void> {
    return this.carryOut(null, MACHINE, id);
  }

  /** Confirms the designation of a solo functionary who logs in for the first time, where a level of assurance is demanded. */
  async confirmByLogin(subject: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      for (const concerned of await this.proposals.takeOfSolo(manager, subject))
        await this.designate(manager, concerned.professional.id, concerned);
    });
  }

  private async carryOut(confirmer: Professional | null, actor: AuditActor, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const concerned = await this.proposals.take(manager, confirmer, id);
      const { proposal, professional, proposer, colleague } = concerned;
      if (proposal.kind === 'designation') return this.designate(manager, actor, concerned);
      if (proposal.kind === 'stand-in')
        return this.absences.confirmStandIn(manager, actor, proposer, professional, colleague!);
      await this.departures.confirm(manager, actor, proposer, professional.id, colleague!.id);
    });
    this.matches.wake();
  }

  private async designate(
    manager: EntityManager,
    actor: AuditActor,
    { professional: { id }, proposer }: Concerned,
  ): Promise<void> {
    await manager.update(Professional, { id }, { designated: true });
    await this.audit.record(manager, actor, 'designation-confirmed', {
      ...{ professional: id, proposedBy: proposer.id },
    });
  }
}
