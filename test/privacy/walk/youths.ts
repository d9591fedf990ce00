import { addDays, addYears } from '#libs/calendar';

/** A youth as the person register has them at this moment of the walk. */
export interface Youth {
  bsn: string;
  name: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
  /** Places in the list of parents. */
  parents: readonly number[];
  municipality: string;
  /** Absent when the register does not know it, as of most test persons of the public set. */
  livesThereSince?: string;
  isProtected: boolean;
  isDead: boolean;
}

/** A parent as the person register has them. */
interface Parent {
  bsn: string;
  name: string;
  birthDate: string;
}

/** Nine digits that pass the 11-test, of nobody in the demonstration's own population. */
const bsn = (n: number): string => {
  const eight = 99_996_000 + n;
  const last = [...String(eight)].reduce((sum, digit, place) => sum + Number(digit) * (9 - place), 0) % 11;
  return last < 10 ? `${eight}${last}` : bsn(n + 500);
};

export const PARENTS: readonly Parent[] = Array.from({ length: 8 }, (_, n) => ({
  bsn: bsn(n + 100),
  name: `Ouderbloem${n} Zwaluwnest`,
  birthDate: `197${n}-04-2${n}`,
}));

/**
 * Brother and sister, half-brothers in two regions, somebody alone, and somebody who turns 23 during a walk.
 * @param today `YYYY-MM-DD`, when the walk begins
 */
export const firstYouths = (today: string): Youth[] => {
  const youth = (n: number, birthDate: string, municipality: string, parents: number[]): Youth => ({
    ...{ bsn: bsn(n), name: `Jeugdbloem${n} Zwaluwnest`, birthDate, municipality, parents },
    ...{ livesThereSince: '2019-07-13', isProtected: false, isDead: false },
  });
  return [
    youth(1, '2012-02-11', '0537', [0, 1]),
    { ...youth(2, '2014-08-23', '0537', [0, 1]), livesThereSince: undefined },
    youth(3, '2011-05-17', '0575', [2, 3]),
    { ...youth(4, '2016-10-27', '0118', [3, 4]), livesThereSince: undefined },
    { ...youth(5, '2013-12-19', '1731', [5]), livesThereSince: undefined },
    youth(6, addDays(addYears(today, -23), 34), '0118', [6]),
  ];
};

/** When whoever dies during a walk has died. */
const DAY_OF_DEATH = '2019-07-13';

/** The day on which a youth is 23. */
export const birthday23 = ({ birthDate }: Youth): string => addYears(birthDate, 23);

const date = (datum: string) => ({ type: 'Datum', datum, langFormaat: datum });
const named = (name: string) => {
  const [voornamen, geslachtsnaam] = name.split(' ');
  return { voornamen, geslachtsnaam, volledigeNaam: name };
};

/** All persons in the form of the BRP API. */
export function population(youths: readonly Youth[]): object[] {
  const parents = PARENTS.map(({ bsn: burgerservicenummer, name, birthDate }) => ({
    ...{ burgerservicenummer, naam: named(name), geboorte: { datum: date(birthDate) } },
    ...{ geslacht: { code: 'V' } },
  }));
  return [
    ...parents.map((parent) => ({ ...parent, ouders: [], kinderen: [] })),
    ...youths.map((youth) => ({
      ...{ burgerservicenummer: youth.bsn, naam: named(youth.name), geslacht: { code: 'M' } },
      geboorte: { datum: date(youth.birthDate) },
      gemeenteVanInschrijving: { code: youth.municipality },
      ...(youth.livesThereSince ? { datumInschrijvingInGemeente: date(youth.livesThereSince) } : {}),
      ouders: youth.parents.map((place, n) => ({ ouderAanduiding: String(n + 1), ...parents[place] })),
      kinderen: [],
      ...(youth.isProtected ? { geheimhoudingPersoonsgegevens: true } : {}),
      ...(youth.isDead
        ? {
            overlijden: { datum: date(DAY_OF_DEATH) },
            opschortingBijhouding: {
              ...{ reden: { code: 'O', omschrijving: 'overlijden' }, datum: date(DAY_OF_DEATH) },
            },
          }
        : {}),
    })),
  ];
}
