import { Injectable } from '@nestjs/common';
import type { Bsn } from '#libs/bsn';
import type { EntityManager } from 'typeorm';
import { Audit, AuditLine, SYSTEM } from '../audit/index.js';
import type { Professional } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { BlindIndex } from '../keys/index.js';
import { Scenes } from '../matches/index.js';
import { YouthRecords, type Youth } from '../youths/index.js';
import { AccessRequests } from './access-requests.js';
import { Competence, type Concern } from './competence.js';
import type { SubjectAccessOverview } from './dto/overview.dto.js';
import { KeptSignals } from './kept-signals.js';
import { isRecipient, shownToYouth } from './rules/shown-to-youth.rule.js';

const NOTHING: SubjectAccessOverview = { signals: [], archived: [], recipients: [], logbook: [] };

/**
 * The right of a youth and the parents to see what is kept, exercised through a process manager. Who has nothing to do with a youth gets the
 * same answer as when there is nothing, for the same work.
 */
@Injectable()
export class Overviews {
  constructor(
    private readonly requests: AccessRequests,
    private readonly competence: Competence,
    private readonly kept: KeptSignals,
    private readonly youthRecords: YouthRecords,
    private readonly blindIndex: BlindIndex,
    private readonly scenes: Scenes,
    private readonly registers: Registers,
    private readonly audit: Audit,
  ) {}

  /**
   * What this region keeps about a youth (AVG 15), as far as the process manager may see it. The logbook says that it was asked.
   * @throws Problem `too-many-access-requests` until the next day
   */
  of(processManager: Professional, bsn: Bsn): Promise<SubjectAccessOverview> {
    return this.requests.handle(processManager, async (manager) => {
      const concerns = await this.competence.over(manager, processManager, this.blindIndex.of('youth', bsn));
      await this.audit.record(manager, processManager.id, 'subject-access-given', {
        signals: concerns.length,
      });
      return concerns.length === 0 ? NOTHING : this.shown(manager, bsn, concerns);
    });
  }

  private async shown(
    manager: EntityManager,
    bsn: Bsn,
    concerns: readonly Concern[],
  ): Promise<SubjectAccessOverview> {
    const { signals, archived } = await this.kept.of(manager, concerns);
    const youth = await this.youthRecords.find(manager, bsn);
    // who was told, was told who filed each of these
    const recipients = youth && signals.length > 0 ? await this.recipients(manager, youth) : [];
    const othersInvolved = signals.length + recipients.length > 1;
    const numbers = [...signals, ...archived].map(({ number }) => number);
    return {
      ...{ signals, archived, recipients },
      logbook: await this.logbook(manager, numbers, othersInvolved),
    };
  }

  /** Organisations of other regions with a signal on the same youth; those on brothers and sisters are about somebody else. */
  private async recipients(
    manager: EntityManager,
    { id }: Youth,
  ): Promise<SubjectAccessOverview['recipients']> {
    const { picture } = await this.scenes.of(manager, [id]);
    const shown = picture.viewsOf(id).flatMap(({ own, involved, yourself }) =>
      [
        ...involved
          .filter(({ kind, entry }) => isRecipient(kind, entry.region, own.region))
          .map(({ entry }) => entry),
        // by their own word only, so the youth hears of it
        ...yourself,
      ].map(({ contact, region }) => ({
        organisation: contact.organisation,
        region: this.registers.nameOf(region),
      })),
    );
    return [...new Map(shown.map((each) => [JSON.stringify(each), each])).values()];
  }

  private async logbook(
    manager: EntityManager,
    numbers: readonly string[],
    othersInvolved: boolean,
  ): Promise<SubjectAccessOverview['logbook']> {
    const lines = await manager
      .createQueryBuilder(AuditLine, 'l')
      .where(`l.fields ->> 'signal' in (:...numbers)`, { numbers })
      .orderBy('l.id')
      .getMany();
    const shown = lines.filter(({ action }) => shownToYouth(action, othersInvolved));
    const filers = await this.kept.filers(
      manager,
      shown.map(({ actor }) => actor).filter((actor) => actor !== SYSTEM),
    );
    return shown.map(({ at, action, actor, fields }) => {
      const organisation = filers.get(actor)?.organisation.name;
      return {
        ...{ at: at.toISOString(), action, signal: String(fields.signal) },
        ...(organisation === undefined ? {} : { organisation }),
      };
    });
  }
}
