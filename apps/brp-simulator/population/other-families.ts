import { MUNICIPALITIES, type MunicipalityCode } from '../src/register/index.js';
import { SeededChoice } from './random.js';
import type { FamilySpec, PersonSpec } from './spec.js';

const SEED = 2026;
const FAMILIES = 36;

const PLACES = (Object.keys(MUNICIPALITIES) as MunicipalityCode[]).filter((code) => code !== '1999').sort();

const GIRLS = [
  'Emma',
  'Tess',
  'Sophie',
  'Liv',
  'Anna',
  'Yara',
  'Zara',
  'Sara',
  'Nora',
  'Fenna',
  'Lina',
  'Hanna',
  'Roos',
  'Vera',
  'Kiki',
  'Jasmijn',
  'Meryem',
  'Chloë',
];
const BOYS = [
  'Noah',
  'Lucas',
  'Levi',
  'Sam',
  'Liam',
  'Adem',
  'Max',
  'Teun',
  'Boaz',
  'Otis',
  'Guus',
  'Mohamed',
  'Abel',
  'Floris',
  'Hugo',
  'Jip',
  'Vince',
  'Kai',
];
const WOMEN = [
  'Karin',
  'Esther',
  'Samira',
  'Judith',
  'Nathalie',
  'Ilse',
  'Marloes',
  'Fatima',
  'Sylvia',
  'Renate',
  'Kirsten',
  'Elif',
];
const MEN = [
  'Peter',
  'Mark',
  'Rachid',
  'Jeroen',
  'Paul',
  'Stefan',
  'Marcel',
  'Ahmed',
  'Ronald',
  'Dennis',
  'Vincent',
  'Emre',
];
const SURNAMES = [
  'Denkbeeld',
  'Droombeeld',
  'Evenbeeld',
  'Schaduw',
  'Modelburger',
  'Proefkonijn',
  'Probeersel',
  'Schets',
  'Maquette',
  'Sjabloon',
  'Steekproef',
  'Toneelspel',
  'Verbeelding',
  'Voorstelling',
  'Zinsbegoocheling',
  'Doorsnee',
  'Gemiddeld',
  'Fantasie',
  'Fabel',
  'Sprookje',
  'Vertelling',
  'Rollenspel',
  'Figurant',
  'Decor',
];
const PREFIXES = [undefined, undefined, undefined, undefined, 'van', 'de', 'van der'];

/** Ordinary fictional families, the same at every run, so that lists and counts look like something. */
export function otherFamilies(): FamilySpec[] {
  const choice = new SeededChoice(SEED);
  return Array.from({ length: FAMILIES }, (_, place) => family(`other-${place + 1}`, choice));
}

function family(key: string, choice: SeededChoice): FamilySpec {
  const home = { household: key, municipality: choice.of(PLACES) };
  const surname = { voorvoegsel: choice.of(PREFIXES), geslachtsnaam: choice.of(SURNAMES) };
  const mother: PersonSpec = {
    key: `${key}-mother`,
    voornamen: choice.of(WOMEN),
    geslachtsnaam: choice.of(SURNAMES),
    born: day(choice, 1975, 1988),
    sex: 'V',
    ...home,
  };
  const apart = choice.chance(0.3);
  const father: PersonSpec = {
    key: `${key}-father`,
    voornamen: choice.of(MEN),
    ...surname,
    born: day(choice, 1973, 1986),
    sex: 'M',
    ...(apart ? { household: `${key}-apart`, municipality: choice.of(PLACES) } : home),
  };
  const oneParent = choice.chance(0.15);
  const parents = oneParent ? [mother] : [mother, father];
  const count = choice.between(1, 4);
  const children = Array.from({ length: count }, (_, place): PersonSpec => {
    const sex = choice.of(['M', 'V'] as const);
    return {
      key: `${key}-child-${place + 1}`,
      voornamen: choice.of(sex === 'V' ? GIRLS : BOYS),
      ...surname,
      // at least two years apart, so that nobody is born too soon after a brother or sister
      born: day(choice, 2005 + place * 4, 2007 + place * 4),
      sex,
      ...(!oneParent && apart && choice.chance(0.4)
        ? { household: father.household, municipality: father.municipality }
        : home),
      parents: parents.map((parent) => parent.key),
    };
  });
  return { key, about: '', persons: [...children, ...parents] };
}

function day(choice: SeededChoice, from: number, to: number): string {
  const [year, month, ofMonth] = [choice.between(from, to), choice.between(1, 12), choice.between(1, 28)];
  return `${year}-${String(month).padStart(2, '0')}-${String(ofMonth).padStart(2, '0')}`;
}
