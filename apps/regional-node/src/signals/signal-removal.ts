import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit, type AuditActor } from '../audit/index.js';
import { Matches } from '../matches/index.js';
import { lockPersons, Signal, Youth, YouthRecords } from '../youths/index.js';
import type { EndReason } from './dto/signal.dto.js';

/** Ends a signal for whatever reason: the row goes, the logbook keeps its number. */
@Injectable()
export class SignalRemoval {
  constructor(
    private readonly youthRecords: YouthRecords,
    private readonly matches: Matches,
    private readonly audit: Audit,
  ) {}

  /** Returns false when somebody else ended it in the meantime. */
  async remove(
    manager: EntityManager,
    signalId: string,
    reason: EndReason | 'expired',
    actor: AuditActor,
  ): Promise<boolean> {
    const found = await manager.findOneBy(Signal, { id: signalId });
    const youth = found && (await manager.findOneBy(Youth, { id: found.youthId }));
    if (!youth) return false;
    const persons = await this.youthRecords.personsOf(manager, youth);
    await lockPersons(
      manager,
      persons.map(({ index }) => index),
    );
    // only now nobody else can be ending it
    const { affected } = await manager.delete(Signal, { id: signalId });
    if (!affected) return false;
    await this.audit.record(manager, actor, 'signal-ended', { signal: found.number, reason });
    await this.youthRecords.removeUnused(manager, youth);
    await this.matches.forget(manager, found);
    await this.matches.settle(manager, persons);
    return true;
  }
}
