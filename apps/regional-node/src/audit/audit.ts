import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import type { EntityManager } from 'typeorm';
import { AUDIT_ACTIONS, type AuditAction, type AuditActor, type AuditFields } from './audit-actions.js';
import { AuditLine } from './audit-line.entity.js';

/** Writes the logbook, always in the caller's transaction: what is undone leaves no line, what is done always does. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  async record<A extends AuditAction>(
    manager: EntityManager,
    actor: AuditActor,
    action: A,
    fields: AuditFields<A> = {},
  ): Promise<void> {
    const allowed: readonly string[] = AUDIT_ACTIONS[action];
    const refused = Object.keys(fields).filter((field) => !allowed.includes(field));
    if (refused.length > 0) throw new Error(`${action} may not record ${refused.join(', ')}`);
    await manager.insert(AuditLine, { at: this.clock.now(), actor, action, fields });
  }
}
