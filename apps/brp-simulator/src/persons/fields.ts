/**
 * The fields that can be asked for, as in the API description 2.7 (`Persoon`, `PersoonBeperkt`, `GezagPersoonBeperkt`).
 *
 * A group is a tree, and can be asked for as a whole or by the paths below it. `Whole` marks what is delivered
 * completely whichever part is asked: dates, table values, authority. What is delivered unasked is not in here.
 */
export class Whole {
  constructor(readonly parts: readonly string[] = []) {}
}

export interface FieldTree {
  readonly [field: string]: FieldTree | Whole;
}

const value = new Whole();
const date = new Whole(['type', 'datum', 'jaar', 'maand', 'onbekend', 'langFormaat']);
const table = new Whole(['code', 'omschrijving']);

const relativeName = {
  voornamen: value,
  adellijkeTitelPredicaat: new Whole(['code', 'omschrijving', 'soort']),
  voorvoegsel: value,
  geslachtsnaam: value,
  voorletters: value,
};
const name = { ...relativeName, volledigeNaam: value };
const event = { datum: date, land: table, plaats: table };
const addressLines = {
  adresregel1: value,
  adresregel2: value,
  adresregel3: value,
  land: table,
  indicatieVastgesteldVerblijftNietOpAdres: value,
};

const personParts = (path: string): string[] => [
  path,
  ...['burgerservicenummer', 'naam', 'naam.volledigeNaam'].map((part) => `${path}.${part}`),
];
const authority = new Whole([
  'type',
  ...personParts('minderjarige'),
  'minderjarige.leeftijd',
  ...personParts('ouders'),
  ...personParts('ouder'),
  ...personParts('derde'),
  'derde.type',
  ...personParts('derden'),
  'derden.type',
  'toelichting',
]);

/** What is asked of one person by number. */
export const PERSON: FieldTree = {
  aNummer: value,
  burgerservicenummer: value,
  datumEersteInschrijvingGBA: date,
  geslacht: table,
  uitsluitingKiesrecht: { uitgeslotenVanKiesrecht: value, einddatum: date },
  europeesKiesrecht: { aanduiding: table, einddatumUitsluiting: date },
  leeftijd: value,
  naam: { ...name, aanduidingNaamgebruik: table },
  nationaliteiten: { type: value, redenOpname: table, datumIngangGeldigheid: date, nationaliteit: table },
  geboorte: event,
  overlijden: event,
  verblijfplaats: {
    type: value,
    datumIngangGeldigheid: date,
    verblijfadres: {
      officieleStraatnaam: value,
      korteStraatnaam: value,
      huisnummer: value,
      huisletter: value,
      huisnummertoevoeging: value,
      aanduidingBijHuisnummer: table,
      postcode: value,
      woonplaats: value,
      regel1: value,
      regel2: value,
      regel3: value,
      land: table,
      locatiebeschrijving: value,
    },
    datumVan: date,
    functieAdres: table,
    adresseerbaarObjectIdentificatie: value,
    nummeraanduidingIdentificatie: value,
    indicatieVastgesteldVerblijftNietOpAdres: value,
  },
  immigratie: {
    landVanwaarIngeschreven: table,
    datumVestigingInNederland: date,
    vanuitVerblijfplaatsOnbekend: value,
    indicatieVestigingVanuitBuitenland: value,
  },
  gemeenteVanInschrijving: table,
  datumInschrijvingInGemeente: date,
  adressering: {
    ...addressLines,
    aanhef: value,
    aanschrijfwijze: { naam: value, aanspreekvorm: value },
    gebruikInLopendeTekst: value,
  },
  indicatieCurateleRegister: value,
  indicatieGezagMinderjarige: table,
  gezag: authority,
  verblijfstitel: { aanduiding: table, datumEinde: date, datumIngang: date },
  kinderen: { burgerservicenummer: value, naam: relativeName, geboorte: event },
  ouders: {
    burgerservicenummer: value,
    geslacht: table,
    ouderAanduiding: value,
    datumIngangFamilierechtelijkeBetrekking: date,
    naam: relativeName,
    geboorte: event,
  },
  partners: {
    burgerservicenummer: value,
    geslacht: table,
    soortVerbintenis: table,
    naam: relativeName,
    geboorte: event,
    aangaanHuwelijkPartnerschap: event,
    ontbindingHuwelijkPartnerschap: { datum: date },
  },
};

/** What a search delivers of each person found: no parents, no children. */
export const LIMITED_PERSON: FieldTree = {
  burgerservicenummer: value,
  geboorte: { datum: date },
  geslacht: table,
  leeftijd: value,
  naam: name,
  adressering: addressLines,
};

/** What the search by address object delivers. */
export const LIMITED_PERSON_WITH_AUTHORITY: FieldTree = { ...LIMITED_PERSON, gezag: authority };

/** Delivered whenever there is something to say; asking for them is an error. */
export const DELIVERED_UNASKED = [
  'inOnderzoek',
  'geheimhoudingPersoonsgegevens',
  'opschortingBijhouding',
  'rni',
  'verificatie',
] as const;

/** Lists that are delivered empty when they are asked for and the person has none. */
export const LISTS: ReadonlySet<string> = new Set([
  'nationaliteiten',
  'gezag',
  'kinderen',
  'ouders',
  'partners',
]);

const known = new WeakMap<FieldTree, Set<string>>();

/** Every path that may be asked for: groups, fields, and the parts of dates and table values. */
export function pathsOf(tree: FieldTree): Set<string> {
  const paths =
    known.get(tree) ??
    new Set(
      Object.entries(tree).flatMap(([field, below]) => [
        field,
        ...[...(below instanceof Whole ? below.parts : pathsOf(below))].map((path) => `${field}.${path}`),
      ]),
    );
  known.set(tree, paths);
  return paths;
}
