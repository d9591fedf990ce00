import { Injectable } from '@nestjs/common';
import type { MunicipalityTable } from '#libs/municipalities';
import { Problem, type InvalidParam } from '#libs/problems';
import { ArrayContains, type EntityManager } from 'typeorm';
import { Covenants } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { Municipalities } from '../municipalities/index.js';
import {
  municipalitiesToAccept,
  notAccepted,
  type MunicipalityWarning,
  type WhyAccept,
} from './rules/municipalities-to-accept.rule.js';

type Served = Pick<Professional, 'id' | 'municipality'>;

/** What operators have to accept by name: municipalities without process manager, ended ones, and codes that nobody knows. */
@Injectable()
export class MunicipalityWarnings {
  constructor(
    private readonly covenants: Covenants,
    private readonly municipalities: Municipalities,
  ) {}

  /** @param day from which these municipalities take part; today by default */
  async ofCovenant(
    manager: EntityManager,
    municipalities: readonly { code: string; name: string }[],
    day: string = this.municipalities.today(),
  ): Promise<MunicipalityWarning[]> {
    return municipalitiesToAccept(municipalities, codesOf(await this.served(manager)), day, this.table());
  }

  /** What is so today, under the covenant in force. */
  async present(manager: EntityManager): Promise<MunicipalityWarning[]> {
    return this.ofCovenant(manager, (await this.covenants.current(manager)).document.municipalities);
  }

  /**
   * The municipalities that would lose their process manager, of the covenant in force and of those to come.
   * @param then who serves which afterwards, of one person
   */
  async lost(manager: EntityManager, then: Served): Promise<MunicipalityWarning[]> {
    const served = await this.served(manager);
    const after = [...served.filter(({ id }) => id !== then.id), then];
    const { document } = await this.covenants.current(manager);
    const versions = [
      { document, effectiveFrom: this.municipalities.today() },
      ...(await this.covenants.toCome(manager)),
    ];
    const lost = versions.flatMap(({ document: { municipalities }, effectiveFrom }) => {
      const of = (all: readonly Served[]) =>
        municipalitiesToAccept(municipalities, codesOf(all), effectiveFrom, this.table()).filter(
          ({ why }) => why === 'without-process-manager',
        );
      const already = new Set(of(served).map(({ code }) => code));
      return of(after).filter(({ code }) => !already.has(code));
    });
    return [...new Map(lost.map((warning) => [warning.code, warning])).values()];
  }

  /** What is to be accepted of a code that somebody entered. */
  ofCode(code: string): MunicipalityWarning[] {
    const name = this.table().nameOf(code);
    return municipalitiesToAccept([{ code, name }], undefined, this.municipalities.today(), this.table());
  }

  private table(): MunicipalityTable {
    return this.municipalities.table();
  }

  private served(manager: EntityManager): Promise<Served[]> {
    return manager.find(Professional, {
      select: { id: true, municipality: true },
      where: { roles: ArrayContains(['process-manager']) },
    });
  }
}

const codesOf = (served: readonly Served[]): string[] =>
  served.flatMap(({ municipality }) => (municipality === null ? [] : [municipality]));

const REASONS: Record<WhyAccept, string> = {
  'without-process-manager': 'Deze gemeente heeft geen procesmanager.',
  ended: 'Deze gemeente bestaat niet meer.',
  unknown: 'Deze gemeente staat niet in de landelijke tabel.',
};

/** @throws Problem `municipality-not-accepted` that names each of them as a field, `accepted.0355` */
export function refuseUnlessAccepted(
  warnings: readonly MunicipalityWarning[],
  accepted: readonly string[] | null = [],
): void {
  const invalidParams = notAccepted(warnings, accepted ?? []).map(({ code, why }): InvalidParam => ({
    ...{ name: `accepted.${code}`, code: why, reason: REASONS[why] },
  }));
  if (invalidParams.length > 0) throw new Problem('municipality-not-accepted', { invalidParams });
}
