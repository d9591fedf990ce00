import { Injectable } from '@nestjs/common';
import { AMSTERDAM, dayInAmsterdam, momentInAmsterdam, type Day } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { DataSource } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { idsOfPerson, type Professional } from '../directory/index.js';
import { lookUpsInVain, mayLookUp, type LookUpsOfDay } from './rules/look-up-limit.rule.js';

/** What one professional looked up on one day. */
export interface ProfessionalLookUps extends LookUpsOfDay {
  professionalId: string;
  day: Day;
}

/** What a person looked up, under whatever designation. */
const together = (all: readonly LookUpsOfDay[]): LookUpsOfDay =>
  all.reduce(
    (sum, { previews, filings, signals }) => ({
      previews: sum.previews + previews,
      filings: sum.filings + filings,
      signals: sum.signals + signals,
    }),
    { previews: 0, filings: 0, signals: 0 },
  );

/** Tells from the logbook how often people consult the person register, and how often a signal came of it. */
@Injectable()
export class LookUps {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `too-many-look-ups` until the next day */
  async refuseTooMany(professional: Professional): Promise<void> {
    const today = dayInAmsterdam(this.clock.now());
    const lookUps = await this.since(today, await idsOfPerson(this.dataSource.manager, professional));
    if (!mayLookUp(together(lookUps), this.config.lookUpsPerDay)) throw new Problem('too-many-look-ups');
  }

  /** Who looked up somebody in vain since a day, the most often first. */
  async inVain(since: Day): Promise<ProfessionalLookUps[]> {
    const all = await this.since(since);
    return all
      .filter((lookUps) => lookUpsInVain(lookUps) > 0)
      .sort((a, b) => lookUpsInVain(b) - lookUpsInVain(a) || (a.day < b.day ? 1 : -1));
  }

  /** A signal on a youth without BSN was filed without the register, so no look-up led to it. */
  private since(day: Day, professionalIds?: readonly string[]): Promise<ProfessionalLookUps[]> {
    return this.dataSource.query<ProfessionalLookUps[]>(
      `select actor as "professionalId", to_char(at at time zone '${AMSTERDAM}', 'YYYY-MM-DD') as day,
         (count(*) filter (where fields ->> 'purpose' = 'preview'))::int as previews,
         (count(*) filter (where fields ->> 'purpose' in ('file', 'link')))::int as filings,
         (count(*) filter (where action <> 'person-register-consulted' and not fields ? 'youth'))::int as signals
       from audit_line
       where action in ('person-register-consulted', 'signal-filed', 'signal-linked') and at >= $1 and actor = any(coalesce($2, array[actor])) and actor <> 'system'
       group by 1, 2`,
      [momentInAmsterdam(day, '00:00'), professionalIds ?? null],
    );
  }
}
