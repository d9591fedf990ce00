import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock, DAY } from '#libs/clock';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { ArrayContains, DataSource, Not, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { Covenants, knownKind, signatory } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { FilingLimitRaise } from './filing-limit-raise.entity.js';
import { mayRaiseLimit } from './rules/may-raise-limit.rule.js';

/** For how long a limit is raised. */
const RAISED_FOR = 7 * DAY;

/** Raises for a week how much somebody may file, where their work asks for it. */
@Injectable()
export class FilingLimits {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, the same for nobody, oneself and who is looked after by somebody else */
  async raise(actor: Professional, id: string): Promise<Date> {
    return this.dataSource.transaction(async (manager) => {
      const professional = isUUID(id) ? await manager.findOneBy(Professional, { id }) : null;
      // the same work for nobody as for oneself
      const mayRaise = await this.mayRaise(manager, actor, professional ?? actor);
      if (!professional || !mayRaise) throw new Problem('not-found');
      const until = new Date(this.clock.now().getTime() + RAISED_FOR);
      const raise = { professionalId: id, until, raisedBy: actor.id };
      await manager.upsert(FilingLimitRaise, raise, ['professionalId']);
      await this.audit.record(manager, actor.id, 'filing-limit-raised', {
        ...{ professional: id, until: dayInAmsterdam(until) },
      });
      return until;
    });
  }

  async mayRaise(manager: EntityManager, actor: Professional, professional: Professional): Promise<boolean> {
    const { organisationId, subject } = professional;
    const { document } = await this.covenants.current(manager);
    const organisation = signatory(document, organisationId);
    const worksAlone = organisation !== undefined && knownKind(organisation.kind)?.worksAlone === true;
    const hasCoordinator = await manager.existsBy(Professional, {
      ...{ organisationId, subject: Not(subject), roles: ArrayContains(['coordinator']) },
    });
    return mayRaiseLimit(actor, professional, { worksAlone, hasCoordinator });
  }
}
