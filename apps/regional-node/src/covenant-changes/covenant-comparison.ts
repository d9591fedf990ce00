import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Covenants, type CovenantDocument } from '../covenant/index.js';
import { Matches } from '../matches/index.js';
import type { CovenantPreview } from './dto/covenant-changes.dto.js';
import { MunicipalityWarnings } from '../municipality-warnings/index.js';
import { covenantDifference } from './rules/covenant-difference.rule.js';

const BATCH = 200;

/** Shows what another covenant would change for organisations, signals and matches as they are now. Changes nothing. */
@Injectable()
export class CovenantComparison {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly matches: Matches,
    private readonly warnings: MunicipalityWarnings,
  ) {}

  /** @param day from which it would be in force; today by default */
  async of(then: CovenantDocument, day?: string): Promise<CovenantPreview> {
    const { document: now } = await this.covenants.current();
    const { leaving, ...difference } = covenantDifference(now, then);
    const signals = await this.signalsOf(leaving.map(({ id }) => id));
    return {
      ...difference,
      leaving: leaving.map((organisation) => ({
        ...organisation,
        signals: signals.get(organisation.id) ?? 0,
      })),
      leads: await this.leads(now, then),
      warnings: await this.warnings.ofCovenant(this.dataSource.manager, then.municipalities, day),
    };
  }

  private async signalsOf(organisationIds: string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; n: string }[]>(
      `select p.organisation_id as id, count(*) as n from signal s join professional p on p.id = s.professional_id
       where p.organisation_id = any($1) and s.shared_at is not null group by 1`,
      [organisationIds],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  private async leads(now: CovenantDocument, then: CovenantDocument): Promise<CovenantPreview['leads']> {
    const youths = (await this.dataSource.query<{ id: string }[]>('select id from youth order by id')).map(
      ({ id }) => id,
    );
    const counts = new Map<string, CovenantPreview['leads'][number]>();
    for (let from = 0; from < youths.length; from += BATCH) {
      const batch = youths.slice(from, from + BATCH);
      const [before, after] = [
        await this.matches.leadsUnder(now, batch),
        await this.matches.leadsUnder(then, batch),
      ];
      for (const [id, kind] of before) {
        const pair = { now: kind, then: after.get(id) ?? kind };
        const key = `${pair.now} ${pair.then}`;
        counts.set(key, { ...pair, matches: (counts.get(key)?.matches ?? 0) + 1 });
      }
    }
    return [...counts.values()].sort((a, b) => b.matches - a.matches || a.now.localeCompare(b.now));
  }
}
