import type { SeededChoice } from '../../apps/brp-simulator/population/random.js';

/** A youth on whom signals are filed. Youths of one family have the same parents. */
export interface FamilyYouth {
  bsn: string;
  birthDate: string;
  family: number;
}

const FAMILIES = 24;
/** Above the numbers of the demonstration's own population. */
const FIRST_NUMBER = 99_995_000;

/** Families with one or two youths, and all persons of them in the form of the BRP API. */
export function families(
  choice: SeededChoice,
  municipalities: readonly string[],
): { youths: FamilyYouth[]; persons: object[] } {
  const numbers = bsns();
  const youths: FamilyYouth[] = [];
  const persons: object[] = [];
  for (let family = 0; family < FAMILIES; family += 1) {
    const parents = ['Ouder', 'Verzorger'].map((surname, place) => ({
      ouderAanduiding: String(place + 1),
      burgerservicenummer: numbers.next().value,
      naam: nameOf(surname, family),
      geboorte: born('1980-01-01'),
      geslacht: { code: place === 0 ? 'V' : 'M' },
    }));
    const children = Array.from({ length: choice.between(1, 2) }, (_, n) => ({
      burgerservicenummer: numbers.next().value,
      naam: nameOf(`Jeugdige${n}`, family),
      geboorte: born(`201${choice.between(2, 8)}-0${choice.between(1, 9)}-15`),
      geslacht: { code: choice.of(['M', 'V']) },
    }));
    const residence = {
      gemeenteVanInschrijving: { code: choice.of(municipalities) },
      datumInschrijvingInGemeente: { type: 'Datum', datum: '2019-01-01', langFormaat: '1 januari 2019' },
    };
    persons.push(
      ...parents.map(({ ouderAanduiding: _, ...parent }) => ({
        ...parent,
        ...residence,
        ouders: [],
        kinderen: children.map(({ geslacht: __, ...child }) => child),
      })),
      ...children.map((child) => ({ ...child, ...residence, ouders: parents, kinderen: [] })),
    );
    youths.push(
      ...children.map(({ burgerservicenummer: bsn, geboorte }) => ({
        bsn,
        birthDate: geboorte.datum.datum,
        family,
      })),
    );
  }
  return { youths, persons };
}

/** A person in the form of the BRP API, as far as families are made of it. */
interface RegisteredPerson {
  burgerservicenummer?: string;
  geboorte?: { datum?: { datum?: string } };
  ouders?: { burgerservicenummer?: string }[];
  overlijden?: object;
}

/**
 * Families of a population that others made: youths with a number, by the numbers of their parents. Half-brothers and half-sisters are left
 * out, since here one family has the same parents.
 * @param today `YYYY-MM-DD`; who is not 23 by then is a youth
 */
export function familiesOf(persons: readonly RegisteredPerson[], today: string): FamilyYouth[] {
  const youngest = `${Number(today.slice(0, 4)) - 22}${today.slice(4)}`;
  const candidates = persons.flatMap(({ burgerservicenummer: bsn, geboorte, ouders = [], overlijden }) => {
    const birthDate = geboorte?.datum?.datum;
    if (!bsn || !isBsn(bsn) || overlijden || !birthDate || birthDate < youngest) return [];
    const parents = ouders.flatMap((parent) => parent.burgerservicenummer ?? []).sort();
    return [{ bsn, birthDate, parents, key: parents.join() || bsn }];
  });
  const keysOf = (parent: string) =>
    new Set(candidates.filter(({ parents }) => parents.includes(parent)).map(({ key }) => key));
  const keys = [...new Set(candidates.map(({ key }) => key))];
  return candidates
    .filter(({ parents }) => parents.every((parent) => keysOf(parent).size === 1))
    .map(({ bsn, birthDate, key }) => ({ bsn, birthDate, family: keys.indexOf(key) }));
}

const isBsn = (text: string): boolean =>
  [...text].reduce((sum, digit, place) => sum + Number(digit) * (place === 8 ? -1 : 9 - place), 0) % 11 === 0;

const nameOf = (surname: string, family: number) => ({
  voornamen: 'Test',
  geslachtsnaam: `${surname} ${family}`,
  volledigeNaam: `Test ${surname} ${family}`,
});

const born = (datum: string) => ({ datum: { type: 'Datum', datum, langFormaat: datum } });

/** Numbers that pass the 11-test, for persons who do not exist. */
function* bsns(): Generator<string, never> {
  for (let eight = FIRST_NUMBER; ; eight += 1) {
    const digits = [...String(eight)].map(Number);
    const last = digits.reduce((sum, digit, place) => sum + digit * (9 - place), 0) % 11;
    if (last < 10) yield `${eight}${last}`;
  }
}
