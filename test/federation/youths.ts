import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';

/** A youth of the own population whom a signal can be about. */
export interface KnownYouth {
  bsn: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
}

interface Persoon {
  burgerservicenummer: string;
  geboorte?: { datum?: { type: string; datum?: string } };
  overlijden?: unknown;
  opschortingBijhouding?: unknown;
  ouders?: { burgerservicenummer?: string }[];
}

const POPULATION = path.join(PROJECT_ROOT, 'apps/brp-simulator/population/persons.json');
/** Old enough to be nobody's parent, young enough to stay a youth for years. */
const BORN_BETWEEN = ['2008-01-01', '2020-01-01'] as const;

/** Youths with a known parent, no two of whom share one. */
export function unrelatedYouths(): KnownYouth[] {
  return families().flatMap(([eldest]) => eldest ?? []);
}

/** Two youths with a common parent, per family. */
export function siblings(): [KnownYouth, KnownYouth][] {
  return families().flatMap(([one, other]): [KnownYouth, KnownYouth][] =>
    one && other ? [[one, other]] : [],
  );
}

/** Youths by the first of their known parents; families have no parent in common. */
function families(): KnownYouth[][] {
  const persons = JSON.parse(readFileSync(POPULATION, 'utf8')) as Persoon[];
  const familyOf = new Map<string, KnownYouth[]>();
  for (const person of persons) {
    const birthDate = person.geboorte?.datum?.datum ?? '';
    const parents = (person.ouders ?? []).flatMap((ouder) => ouder.burgerservicenummer ?? []);
    const [from, to] = BORN_BETWEEN;
    if (birthDate < from || birthDate > to || person.overlijden || person.opschortingBijhouding) continue;
    if (parents.length === 0) continue;
    const known = parents.flatMap((parent) => familyOf.get(parent) ?? []);
    const family = [...new Set([...known, { bsn: person.burgerservicenummer, birthDate }])];
    for (const parent of parents) familyOf.set(parent, family);
    for (const [parent, members] of familyOf)
      if (members.some((member) => known.includes(member))) familyOf.set(parent, family);
  }
  return [...new Set(familyOf.values())];
}
