import { dayInAmsterdam } from '#libs/calendar';
import { ownTable, type MunicipalityFact } from '#libs/municipalities';
import { IsString, Matches } from 'class-validator';
import type { Stage } from '../stage.js';
import { nextNewYear } from './parts.js';
import { refusal } from '../http/visitor.js';
import { Names } from './decorators.js';
import { sentence, Step, type References } from './step.js';

const CODE = /^\d{4}$/;

/** `merge municipality`: operators load a table of municipalities in which one of them ends on the next 1 January. */
export class MergeMunicipality extends Step {
  static leavesTraces = true;

  /** Accounts of the operators. */
  @Names() by: string[];
  @Matches(CODE) code: string;
  /** The code in its place; one that is not in the table is a new municipality. */
  @Matches(CODE) into: string;
  /** The name of that municipality. */
  @IsString() called: string;

  title(): string {
    return `${sentence(this.by)} load a table in which ${this.code} becomes ${this.into} on 1 January`;
  }

  override refersTo(): References {
    return { accounts: this.by };
  }

  async play(stage: Stage): Promise<void> {
    const now = stage.federation.clockNow();
    const csv = this.tableOf(nextNewYear(now));
    for (const operator of this.by) {
      const request = { csv, asOf: dayInAmsterdam(now) };
      const answer = await stage.visitor(operator).post('municipalities/table', request);
      if (answer.status >= 300) throw refusal(this.title(), answer);
    }
  }

  private tableOf(day: string): string {
    const known = ownTable().facts.map((fact): MunicipalityFact =>
      fact.code === this.code ? { ...fact, end: day, successor: this.into } : fact,
    );
    const facts = known.some(({ code }) => code === this.into)
      ? known
      : [...known, { code: this.into, name: this.called, begin: day }];
    const plain = (text = '') => text.replaceAll('-', '');
    const rows = facts.map(({ code, name, successor, begin, end }) =>
      [code, name, successor ?? '', plain(begin), plain(end)].map((cell) => `"${cell}"`).join(),
    );
    return ['"92.10","92.11","92.12","99.98","99.99"', ...rows].join('\n');
  }
}
