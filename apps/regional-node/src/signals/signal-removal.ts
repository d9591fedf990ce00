import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Archive, goesToArchive, type EndingReason } from '../archive/index.js';
import { Audit, type AuditActor } from '../audit/index.js';
import { Problem } from '#libs/problems';
import { Erasures } from '../erasures/index.js';
import { Matches } from '../matches/index.js';
import { Elsewhere, Moves } from '../moves/index.js';
import { lockPersons, Signal, Youth, YouthRecords } from '../youths/index.js';
import { EndedNotice } from './ended-notice.js';
import { loggedCause } from './rules/logged-cause.rule.js';
import { mayUndo } from './rules/may-undo.rule.js';

/** Ends a signal for whatever reason: the row goes, the logbook keeps its number. */
@Injectable()
export class SignalRemoval {
  constructor(
    private readonly youthRecords: YouthRecords,
    private readonly matches: Matches,
    private readonly elsewhere: Elsewhere,
    private readonly moves: Moves,
    private readonly notice: EndedNotice,
    private readonly erasures: Erasures,
    private readonly archive: Archive,
    private readonly audit: Audit,
  ) {}

  /** Ends several, in one transaction. */
  async removeAll(
    manager: EntityManager,
    signalIds: readonly string[],
    reason: EndingReason,
    actor: AuditActor,
  ): Promise<void> {
    if (signalIds.length === 0) return;
    const signals = await manager.findBy(Signal, { id: In(signalIds) });
    const persons = await this.youthRecords.personsOfAll(
      manager,
      signals.map(({ youthId }) => youthId),
    );
    // everybody at once: one after the other might be a deadlock with somebody who files
    await lockPersons(manager, await this.youthRecords.around(manager, persons));
    for (const { id } of signals) await this.remove(manager, id, reason, actor);
  }

  /**
   * Takes a signal away for another one to take its place, in the same transaction and under the same locks.
   * @returns false when somebody else ended it in the meantime
   */
  async replace(manager: EntityManager, { id, number, professionalId, sharedAt }: Signal): Promise<boolean> {
    const { affected } = await manager.delete(Signal, { id });
    if (!affected) return false;
    await this.audit.record(manager, professionalId, 'signal-ended', { signal: number, cause: 'renewed' });
    if (sharedAt) await this.erasures.note(manager, id);
    return true;
  }

  /**
   * Ends a signal. One that is held ends without a trace outside the logbook: nothing is archived, and the relay is told of no erasure.
   * @returns false when somebody else ended it in the meantime
   * @throws Problem `too-late-to-undo` for one that was shared
   */
  async remove(
    manager: EntityManager,
    signalId: string,
    reason: EndingReason,
    actor: AuditActor,
  ): Promise<boolean> {
    const found = await manager.findOneBy(Signal, { id: signalId });
    const youth = found && (await manager.findOneBy(Youth, { id: found.youthId }));
    if (!youth) return false;
    const persons = await this.youthRecords.personsOf(manager, youth);
    await lockPersons(manager, await this.youthRecords.around(manager, persons));
    // only now nobody else can be ending or sharing it
    const signal = await manager.findOneBy(Signal, { id: signalId });
    if (!signal) return false;
    if (reason === 'undone' && !mayUndo(signal)) throw new Problem('too-late-to-undo');
    await manager.delete(Signal, { id: signalId });
    const bsn = this.youthRecords.bsnOf(youth);
    const cause = loggedCause(reason, signal.sharedAt !== null);
    await this.audit.record(manager, actor, 'signal-ended', {
      signal: found.number,
      ...(cause === undefined ? {} : { cause }),
    });
    if (signal.sharedAt) await this.erasures.note(manager, signalId);
    // of a youth without BSN nothing is kept: nobody could tell later that it is the same one
    if (signal.sharedAt && goesToArchive(reason) && bsn) {
      // an older program kept no birthday with the youth
      const known = found.removalCause === 'age' ? found.removalDate : undefined;
      const birthday23 = this.youthRecords.birthday23Of(youth) ?? known;
      await this.archive.keep(manager, found, youth.bsnIndex!, bsn, birthday23);
    }
    await this.notice.tell(manager, signal, reason);
    await this.moves.end(manager, youth.id);
    await this.youthRecords.removeUnused(manager, youth);
    await this.elsewhere.follow(manager, youth.id);
    await this.matches.forget(manager, found);
    await this.matches.settle(manager, persons);
    return true;
  }
}
