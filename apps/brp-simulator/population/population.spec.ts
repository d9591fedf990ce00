import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bsn } from '#libs/bsn';
import irregularPersons from './irregular-persons.json' with { type: 'json' };
import { populationDocuments } from './documents.js';
import { buildPopulation, type Inhabitant } from './population.js';

const TEST_SET = '../shared/data/brp/test-persons.json';

const inhabitants = buildPopulation();
const named = (key: string): Inhabitant => {
  const found = inhabitants.find(({ spec }) => spec.key === key);
  if (!found) throw new Error(`nobody is called ${key}`);
  return found;
};
const parentsOf = (key: string): (string | undefined)[] =>
  (named(key).person.ouders ?? []).map(({ burgerservicenummer }) => burgerservicenummer);
const commonParents = (one: string, other: string): number =>
  parentsOf(one).filter((parent) => parent !== undefined && parentsOf(other).includes(parent)).length;

describe('the own population', () => {
  it.each(Object.entries(populationDocuments()))('stands in %s as it is made', (name, content) => {
    const folder = dirname(fileURLToPath(import.meta.url));
    expect(readFileSync(join(folder, name), 'utf8') === content).toBe(true);
  });

  it('has valid numbers from 9999, each once', () => {
    const numbers = inhabitants.map(({ person }) => Bsn.parse(person.burgerservicenummer).revealDigits());
    expect(numbers.every((number) => number.startsWith('9999'))).toBe(true);
    expect(new Set(numbers).size).toBe(inhabitants.length);
    expect(inhabitants.length).toBeGreaterThan(200);
  });

  it('shares no number with the public test set, which has none that begins with 99991 or 99992', () => {
    const own = inhabitants.map(({ person }) => person.burgerservicenummer);
    expect(own.filter((number) => !number.startsWith('99991'))).toEqual([]);
    const irregular = irregularPersons.map(({ burgerservicenummer }) => burgerservicenummer);
    expect(irregular.filter((number) => !number.startsWith('99992'))).toEqual([]);
    if (!existsSync(TEST_SET)) return;
    const taken = new Set(readFileSync(TEST_SET, 'utf8').match(/\b\d{9}\b/g));
    expect(taken.size).toBeGreaterThan(200);
    expect([...own, ...irregular].filter((number) => taken.has(number))).toEqual([]);
  });

  it('names parents and children the same from both sides', () => {
    const byNumber = new Map(inhabitants.map(({ person }) => [person.burgerservicenummer, person]));
    let links = 0;
    for (const { person } of inhabitants) {
      for (const { burgerservicenummer: parent } of person.ouders ?? []) {
        if (!parent) continue;
        links += 1;
        expect(byNumber.get(parent)?.kinderen?.map((child) => child.burgerservicenummer)).toContain(
          person.burgerservicenummer,
        );
      }
      for (const child of person.kinderen ?? []) {
        expect(
          byNumber.get(child.burgerservicenummer ?? '')?.ouders?.map((parent) => parent.burgerservicenummer),
        ).toContain(person.burgerservicenummer);
      }
    }
    expect(links).toBeGreaterThan(100);
  });

  it('identifies everybody by surname, birth date, sex and postcode, but for one pair of twins', () => {
    const seen = new Map<string, string[]>();
    for (const { spec, person } of inhabitants) {
      const identity = [
        spec.geslachtsnaam,
        JSON.stringify(spec.born),
        spec.sex,
        person.verblijfplaats?.verblijfadres?.postcode,
      ].join('|');
      seen.set(identity, [...(seen.get(identity) ?? []), spec.key]);
    }
    expect([...seen.values()].filter((keys) => keys.length > 1)).toEqual([
      ['ambiguous-twin-first', 'ambiguous-twin-second'],
    ]);
  });

  it('gives every household a postcode of its own', () => {
    const households = new Map<string, Set<string>>();
    for (const { spec, person } of inhabitants) {
      const postcode = person.verblijfplaats?.verblijfadres?.postcode;
      if (postcode) households.set(postcode, (households.get(postcode) ?? new Set()).add(spec.household));
    }
    expect([...households.values()].filter((sharing) => sharing.size > 1)).toEqual([]);
  });

  it.each([
    ['half-brother-utrecht', 'half-brother-rotterdam', 1],
    ['three-regions-amersfoort', 'three-regions-leiden', 2],
    ['three-regions-leiden', 'three-regions-vlaardingen', 2],
    ['siblings-at-home-eldest', 'siblings-at-home-youngest', 2],
    ['twin-brother', 'twin-sister', 2],
    ['young-parent-child', 'young-parent-child-half-brother', 1],
    ['young-parent', 'young-parent-brother', 1],
    ['young-parent-child', 'young-parent-brother', 0],
    ['protected-youth', 'protected-youth-sister', 1],
    ['protected-sibling-open', 'protected-sibling-hidden', 1],
    ['dead-parent-daughter', 'dead-parent-son', 1],
    ['chain-first', 'chain-second', 1],
    ['chain-second', 'chain-third', 1],
    ['chain-first', 'chain-third', 0],
    ['step-brother', 'step-sister', 0],
    ['same-name-utrecht', 'same-name-rotterdam', 0],
    ['mover', 'mover-brother', 2],
  ])('lets %s and %s share %i parents', (one, other, count) => {
    expect(commonParents(one, other)).toBe(count);
  });

  it('has the named cases that stories count on', () => {
    expect(parentsOf('no-parents')).toEqual([]);
    expect(parentsOf('parent-without-number')).toEqual([undefined]);
    expect(parentsOf('one-parent-with-number').map((parent) => parent !== undefined)).toEqual([true, false]);
    expect(named('young-parent').person.kinderen).toHaveLength(1);
    expect(named('protected-youth').person).toMatchObject({
      geheimhoudingPersoonsgegevens: true,
      verblijfplaats: { type: 'Adres', verblijfadres: { woonplaats: 'Utrecht' } },
    });
    expect(named('dead-youth').person.opschortingBijhouding?.reden?.code).toBe('O');
    expect(named('emigrated').person).toMatchObject({
      opschortingBijhouding: { reden: { code: 'E' } },
      verblijfplaats: { type: 'VerblijfplaatsBuitenland' },
    });
    expect(
      ['year-only', 'year-and-month', 'birth-date-unknown'].map(
        (key) => named(key).person.geboorte?.datum?.type,
      ),
    ).toEqual(['JaarDatum', 'JaarMaandDatum', 'DatumOnbekend']);
    expect(named('birth-date-unknown').person.geboorte?.datum?.langFormaat).toBe('onbekend');
  });
});

describe('the irregular persons', () => {
  const persons: Irregular[] = irregularPersons;
  interface Irregular {
    burgerservicenummer: string;
    naam: { volledigeNaam: string };
    geboorte: { datum: { type: string; datum?: string } };
    gemeenteVanInschrijving: { code: string };
    datumInschrijvingInGemeente?: object;
    geheimhoudingPersoonsgegevens?: boolean;
    ouders?: { burgerservicenummer: string }[];
  }
  const parents = ({ ouders = [] }: Irregular) =>
    ouders.map(({ burgerservicenummer }) => burgerservicenummer).join();

  it('have no date of enrolment in their municipality', () => {
    expect(persons.filter((person) => person.datumInschrijvingInGemeente)).toEqual([]);
  });
  it('have one number that fails the 11-test', () => {
    const failing = persons.filter(({ burgerservicenummer }) => {
      try {
        Bsn.parse(burgerservicenummer);
        return false;
      } catch {
        return true;
      }
    });
    expect(failing.map(({ naam }) => naam.volledigeNaam)).toEqual(['Elf Afgekeurd']);
  });
  it('stand under municipality 1999 and 0000 too, and one has a protected address', () => {
    const codes = persons.map(({ gemeenteVanInschrijving }) => gemeenteVanInschrijving.code);
    expect(codes).toEqual(expect.arrayContaining(['1999', '0000']));
    expect(persons.filter((person) => person.geheimhoudingPersoonsgegevens)).toHaveLength(1);
  });
  it('include twins, halves and every incomplete date of birth', () => {
    const twins = persons.filter(({ naam }) => / Tweeling$/.test(naam.volledigeNaam)).slice(0, 2);
    expect(twins[0]!.geboorte).toEqual(twins[1]!.geboorte);
    expect(parents(twins[0]!)).toBe(parents(twins[1]!));
    const types = new Set(persons.map(({ geboorte }) => geboorte.datum.type));
    expect(types).toEqual(new Set(['Datum', 'JaarDatum', 'JaarMaandDatum', 'DatumOnbekend']));
    expect(persons.filter((person) => parents(person).endsWith('999920042'))).toHaveLength(2);
  });
});
