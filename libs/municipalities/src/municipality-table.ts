import { ENDED, BEGUN } from './history.js';
import { AS_OF, NAMES } from './names.js';

/** What is known of a municipality code. Days are `YYYY-MM-DD`; a code is no longer used from its end on. */
export interface MunicipalityFact {
  code: string;
  name: string;
  begin?: string;
  end?: string;
  /** The code in whose place it came: the municipality merged, or got another code. */
  successor?: string;
}

/**
 * The municipality codes with beginning, end and successor.
 *
 * A code that ended stays readable for ever: what was stored under it is resolved to its successor when it is used, never rewritten.
 */
export class MunicipalityTable {
  private readonly byCode: ReadonlyMap<string, MunicipalityFact>;

  /** @param asOf the day on which the table was published, or of which it tells, `YYYY-MM-DD` */
  constructor(
    readonly facts: readonly MunicipalityFact[],
    readonly asOf: string,
  ) {
    this.byCode = new Map(facts.map((fact) => [fact.code, fact]));
  }

  /** What is known of a code; undefined for one outside the table. */
  factOf(code: string): MunicipalityFact | undefined {
    return this.byCode.get(code);
  }

  /** The name of a municipality, also of one that ended; the code itself outside the table. */
  nameOf(code: string): string {
    return this.byCode.get(code)?.name ?? code;
  }

  /** Whether the code is in use on a day. */
  isInUse(code: string, day: string): boolean {
    const fact = this.byCode.get(code);
    return fact !== undefined && !hasEnded(fact, day) && (fact.begin === undefined || fact.begin <= day);
  }

  /** The code that is used on a day for what this code stood for; the same when it is in use, unknown, or ended without successor. */
  on(code: string, day: string): string {
    return this.path(code, day).at(-1)!;
  }

  /** Whether two codes stand for the same municipality on a day. */
  areOne(one: string, other: string, day: string): boolean {
    return this.on(one, day) === this.on(other, day);
  }

  /** Whether, by a day, a code ended and leads to another one. */
  leadsTo(code: string, successor: string, day: string): boolean {
    return this.path(code, day).slice(1).includes(successor);
  }

  /** The municipalities of a day, by code. */
  inUse(day: string): MunicipalityFact[] {
    return this.facts.filter(({ code }) => this.isInUse(code, day));
  }

  /** A municipality ends or begins on 1 January; so the table is old once a 1 January has come that it may not know. */
  isOldOn(day: string): boolean {
    const known = [this.asOf, ...this.facts.flatMap(({ begin, end }) => [begin ?? '', end ?? ''])].reduce(
      (latest, each) => (each > latest ? each : latest),
    );
    return day >= `${Number(known.slice(0, 4)) + 1}-01-01`;
  }

  /** The code, its successor by that day, the successor of that one… */
  private path(code: string, day: string): string[] {
    const path = [code];
    for (;;) {
      const fact = this.byCode.get(path.at(-1)!);
      if (fact?.successor === undefined || !hasEnded(fact, day) || path.includes(fact.successor)) return path;
      path.push(fact.successor);
    }
  }
}

const hasEnded = ({ end }: MunicipalityFact, day: string): boolean => end !== undefined && end <= day;

/** The table that comes with the software. */
export function ownTable(): MunicipalityTable {
  const begun = new Map(linesOf(BEGUN).map((line) => [line.slice(0, 4), line.slice(5)]));
  const present = linesOf(NAMES).map((line): MunicipalityFact => {
    const [code, name] = [line.slice(0, 4), line.slice(5)];
    const begin = begun.get(code);
    return { code, name, ...(begin === undefined ? {} : { begin }) };
  });
  const ended = linesOf(ENDED).map((line): MunicipalityFact => {
    const [code = '', begin, end = '', successor, ...name] = line.split(' ');
    return {
      ...{ code, name: name.join(' '), end },
      ...(begin === '-' ? {} : { begin }),
      ...(successor === '-' ? {} : { successor }),
    };
  });
  return new MunicipalityTable(
    [...present, ...ended].sort((a, b) => a.code.localeCompare(b.code)),
    AS_OF,
  );
}

const linesOf = (text: string): string[] => text.trim().split('\n');
