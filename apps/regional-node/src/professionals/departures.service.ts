import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { invalidField, Problem } from '#libs/problems';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type AuditActor } from '../audit/index.js';
import { Absence, ContactChange, held, Professional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { SignalRemoval } from '../signals/index.js';
import { Signal } from '../youths/index.js';
import { ColleagueMails } from './colleague-mails.js';
import type { Departed } from './dto/absence.dto.js';
import { PersonProposals } from './person-proposals.js';
import { looksAfter } from './professionals.access.js';
import { appointsOneself } from './rules/appoints-oneself.rule.js';
import { handedOver } from './rules/handed-over.rule.js';

/** Who leaves, and who takes over. */
interface People {
  professional: Professional;
  colleague?: Professional;
}

/**
 * Has somebody leave: their signals go to a colleague, or end; from then on they have no role. The row stays, since the logbook names it.
 */
@Injectable()
export class DeparturesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly removal: SignalRemoval,
    private readonly matches: Matches,
    private readonly proposals: PersonProposals,
    private readonly mails: ColleagueMails,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /**
   * Who would take over themselves waits for a second person, and nothing is done before.
   * @param handOverTo id of a colleague who takes over the signals; without one they end
   * @throws Problem `holds-appointment` for a process manager or an operator, whose role an operator ends first; `not-found` for nobody and somebody else's people alike; `invalid-input` for a colleague who may not file
   */
  async depart(coordinator: Professional, id: string, handOverTo?: string): Promise<Departed> {
    const departed = await this.dataSource.transaction(async (manager) => {
      const people = await this.people(manager, coordinator, id, handOverTo);
      const { professional, colleague } = people;
      if (!colleague || !appointsOneself(coordinator, professional, colleague))
        return this.carryOut(manager, coordinator.id, people);
      await this.proposals.propose(manager, coordinator, 'hand-over', professional, colleague);
      return { handedOver: 0, ended: 0, waits: true };
    });
    this.matches.wake();
    return departed;
  }

  /** Has somebody leave as a second person agreed. @throws Problem as {@link depart} */
  async confirm(
    manager: EntityManager,
    actor: AuditActor,
    proposer: Professional,
    id: string,
    handOverTo: string,
  ): Promise<void> {
    if (!proposer.roles.includes('coordinator')) throw new Problem('not-found');
    await this.carryOut(manager, actor, await this.people(manager, proposer, id, handOverTo), proposer.id);
  }

  private async carryOut(
    manager: EntityManager,
    actor: AuditActor,
    { professional, colleague }: People,
    proposedBy?: string,
  ): Promise<Departed> {
    const { id } = professional;
    const youths = await this.matches.youthsOf(manager, professional);
    await this.matches.lock(manager, youths);
    const signals = await manager.findBy(Signal, { professionalId: id });
    const theirs = colleague ? await manager.findBy(Signal, { professionalId: colleague.id }) : undefined;
    const { over, ending } = handedOver(signals, theirs);
    for (const signal of over) {
      await manager.update(
        Signal,
        { id: signal.id },
        { professionalId: colleague!.id, informReminderUntil: null },
      );
      await this.audit.record(manager, actor, 'signal-handed-over', {
        signal: signal.number,
        from: id,
        to: colleague!.id,
      });
    }
    await this.removal.removeAll(
      manager,
      ending.map((signal) => signal.id),
      'professional-departed',
      actor,
    );
    await this.leave(manager, professional);
    await this.matches.settle(manager, youths);
    await this.matches.forgetReceiver(manager, professional);
    if (colleague) await this.mails.successor(manager, professional, colleague);
    const counts = { handedOver: over.length, ended: ending.length };
    await this.audit.record(manager, actor, 'professional-departed', {
      ...{ professional: id, ...counts },
      ...(proposedBy === undefined ? {} : { proposedBy }),
    });
    this.logger.event('professional-departed', { signals: counts.handedOver, ended: counts.ended });
    return { ...counts, waits: false };
  }

  private async people(
    manager: EntityManager,
    coordinator: Professional,
    id: string,
    handOverTo: string | undefined,
  ): Promise<People> {
    // in one order, so that two departures do not wait for each other
    const rows = new Map<string, Professional | null>();
    for (const each of [id, ...(handOverTo === undefined ? [] : [handOverTo])].sort())
      rows.set(each, await held(manager, each));
    const professional = rows.get(id);
    if (!professional || !looksAfter(coordinator, professional) || professional.departedOn !== null)
      throw new Problem('not-found');
    if (professional.roles.some((role) => role === 'process-manager' || role === 'operator'))
      throw new Problem('holds-appointment');
    if (handOverTo === undefined) return { professional };
    const colleague = rows.get(handOverTo);
    const mayTakeOver = colleague?.designated === true && colleague.contactWaitsSince === null;
    if (!colleague || colleague.id === id || !looksAfter(coordinator, colleague) || !mayTakeOver)
      throw invalidField(
        'handOverTo',
        'colleague',
        'Kies een collega van dezelfde organisatie die is aangewezen om signalen af te geven.',
      );
    return { professional, colleague };
  }

  private async leave(manager: EntityManager, { id }: Professional): Promise<void> {
    await manager.update(
      Professional,
      { id },
      { roles: [], designated: false, departedOn: dayInAmsterdam(this.clock.now()) },
    );
    await manager.delete(Absence, { professionalId: id });
    await manager.delete(ContactChange, { professionalId: id });
    await this.proposals.forgetPerson(manager, id);
    await manager.update(Absence, { replacementId: id }, { replacementId: null });
  }
}
