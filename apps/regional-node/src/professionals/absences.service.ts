import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { invalidField, Problem } from '#libs/problems';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type AuditActor } from '../audit/index.js';
import { Absence, absentOn, held, Professional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { ColleagueMails } from './colleague-mails.js';
import type { AbsenceShown, PlannedAbsence, PlanAbsenceRequest } from './dto/absence.dto.js';
import { PersonProposals } from './person-proposals.js';
import { looksAfter, speaksFor } from './professionals.access.js';
import { appointsOneself } from './rules/appoints-oneself.rule.js';

/**
 * Absence by whole days, with somebody who stands in. It is told to those whom the absent professional matches when it begins and when it
 * ends: at once when that is today, else by the scheduled work.
 */
@Injectable()
export class AbsencesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly proposals: PersonProposals,
    private readonly mails: ColleagueMails,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans the absence of a professional, instead of one that was planned before. Who makes themselves the stand-in waits for a second person.
   * @throws Problem `not-found` for nobody and somebody else's people alike; `invalid-input`
   */
  async plan(actor: Professional, id: string, request: PlanAbsenceRequest): Promise<PlannedAbsence> {
    const { from, until, replacement = null } = request;
    if (until < from) throw invalidField('until', 'order', 'De laatste dag ligt voor de eerste.');
    if (until < this.today()) throw invalidField('until', 'past', 'Deze afwezigheid is al voorbij.');
    const planned = await this.dataSource.transaction(async (manager) => {
      const professional = await this.of(manager, actor, id);
      const colleague = await this.replacementOf(manager, professional, replacement);
      const standInWaits = colleague !== null && appointsOneself(actor, professional, colleague);
      const replacementId = standInWaits ? null : replacement;
      const absence = { professionalId: id, from, until, replacementId, told: false };
      await manager.save(Absence, absence);
      await this.audit.record(manager, actor.id, 'absence-planned', {
        ...{ professional: id, from, until },
        ...(replacementId === null ? {} : { replacement: replacementId }),
      });
      await this.proposals.forget(manager, id, 'stand-in');
      if (standInWaits) await this.proposals.propose(manager, actor, 'stand-in', professional, colleague);
      else if (colleague && actor.subject !== professional.subject)
        await this.mails.standIn(manager, professional, colleague);
      await this.tell(manager, professional);
      return { ...absenceShown(absence), standInWaits };
    });
    this.matches.wake();
    return planned;
  }

  /** Has a colleague stand in, as a second person agreed. @throws Problem `not-found` when the absence is over, `invalid-input` */
  async confirmStandIn(
    manager: EntityManager,
    actor: AuditActor,
    proposer: Professional,
    professional: Professional,
    { id: colleagueId }: Professional,
  ): Promise<void> {
    const { id } = professional;
    if (!speaksFor(proposer, professional) || !(await manager.existsBy(Absence, { professionalId: id })))
      throw new Problem('not-found');
    const colleague = await this.replacementOf(manager, professional, colleagueId);
    await manager.update(Absence, { professionalId: id }, { replacementId: colleagueId });
    await this.audit.record(manager, actor, 'stand-in-confirmed', {
      ...{ professional: id, replacement: colleagueId, proposedBy: proposer.id },
    });
    await this.mails.standIn(manager, professional, colleague!);
    await this.matches.retell(manager, professional);
  }

  /** Ends an absence or takes back a planned one; nothing happens when there is none. @throws Problem `not-found` */
  async cancel(actor: Professional, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const professional = await this.of(manager, actor, id);
      const { affected } = await manager.delete(Absence, { professionalId: id });
      if (!affected) return;
      await this.proposals.forget(manager, id, 'stand-in');
      await this.audit.record(manager, actor.id, 'absence-ended', { professional: id });
      await this.matches.retell(manager, professional);
    });
    this.matches.wake();
  }

  /** Tells of an absence that began, and forgets one that is over, for one professional. @returns whether there was something to do */
  async catchUp(id: string, actor: AuditActor): Promise<boolean> {
    const changed = await this.dataSource.transaction(async (manager) => {
      const professional = await held(manager, id);
      const absence = await manager.findOneBy(Absence, { professionalId: id });
      if (!professional || !absence) return false;
      if (absence.until < this.today()) {
        await manager.delete(Absence, { professionalId: id });
        await this.proposals.forget(manager, id, 'stand-in');
        await this.audit.record(manager, actor, 'absence-ended', { professional: id });
        await this.matches.retell(manager, professional);
        return true;
      }
      return this.tell(manager, professional);
    });
    if (changed) this.matches.wake();
    return changed;
  }

  /** Ids of professionals of whose absence others are to be told that it began or is over. */
  async toCatchUp(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select professional_id as id from absence
       where until_day < $1 or told <> (from_day <= $1 and $1 <= until_day) order by 1`,
      [this.today()],
    );
    return rows.map(({ id }) => id);
  }

  private async tell(manager: EntityManager, professional: Professional): Promise<boolean> {
    const absence = await manager.findOneByOrFail(Absence, { professionalId: professional.id });
    const told = absentOn(absence, this.today());
    if (absence.told === told) return false;
    await manager.update(Absence, { professionalId: professional.id }, { told });
    await this.matches.retell(manager, professional);
    return true;
  }

  private async of(manager: EntityManager, actor: Professional, id: string): Promise<Professional> {
    const professional = await held(manager, id);
    if (!professional || !speaksFor(actor, professional)) throw new Problem('not-found');
    return professional;
  }

  private async replacementOf(
    manager: EntityManager,
    professional: Professional,
    replacement: string | null,
  ): Promise<Professional | null> {
    if (replacement === null) return null;
    const colleague = await manager.findOneBy(Professional, { id: replacement });
    const fits =
      colleague !== null &&
      colleague.id !== professional.id &&
      colleague.designated &&
      colleague.contactWaitsSince === null &&
      looksAfter(professional, colleague);
    if (!fits)
      throw invalidField(
        'replacement',
        'colleague',
        'Kies een collega van dezelfde organisatie die is aangewezen om signalen af te geven.',
      );
    return colleague;
  }

  private today(): string {
    return dayInAmsterdam(this.clock.now());
  }
}

/** An absence as people see it. */
export const absenceShown = ({ from, until, replacementId }: Absence): AbsenceShown => ({
  from,
  until,
  ...(replacementId === null ? {} : { replacement: replacementId }),
});
