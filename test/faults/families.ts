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
