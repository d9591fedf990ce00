import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { DataSource } from 'typeorm';
import { Audit, type AuditActor } from '../audit/index.js';
import type { WorkDescription } from './scheduled-work.js';
import { ScheduledWorkState } from './scheduled-work.entity.js';
import { WorkRunner } from './work-runner.js';

/** What people see of the scheduled work, and how they have it done now. The running node does it, whoever asks. */
@Injectable()
export class ScheduledWorks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runner: WorkRunner,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<(ScheduledWorkState & Pick<WorkDescription, 'title'>)[]> {
    const rows = await this.dataSource.manager.find(ScheduledWorkState);
    return this.runner.works.flatMap(({ name, title }) => {
      const row = rows.find((each) => each.name === name);
      return row ? [{ ...row, title }] : [];
    });
  }

  /** @returns false when no work has this name */
  async makeDue(name: string, actor: AuditActor): Promise<boolean> {
    if (!this.runner.works.some((work) => work.name === name)) return false;
    await this.dataSource.transaction(async (manager) => {
      const row = { name, nextRunAt: this.clock.now() };
      await manager.upsert(ScheduledWorkState, row, ['name']);
      await this.audit.record(manager, actor, 'work-requested', { work: name });
    });
    return true;
  }
}
