/** A field that the node asks of the person register, and why it may. */
interface AskedField {
  /** What the node does with it. */
  use: string;
  /** Article of the Jeugdwet for which it is needed. */
  ground: string;
  /** The node also works without it: what it then does not do. Absent for a field that is always needed. */
  without?: string;
}

const SEARCH = 'tells people of one surname apart; asked for a search only';

/**
 * Every field that is asked of the person register (BRP API Personen 2.7), and no other can be. Secrecy of the address, suspension, and what
 * is under investigation come unasked.
 */
export const ASKED_FIELDS = {
  burgerservicenummer: {
    use: 'tells about whom an answer is',
    ground: 'Jeugdwet 7.1.2.3 lid 1 sub a, 7.1.4.2 lid 1',
  },
  'geboorte.datum': {
    use: 'confirms who is meant, and ends signals on the 23rd birthday',
    ground: 'Jeugdwet 7.1.1.1, 7.1.2.3 lid 1 sub a, 7.1.4.3 lid 1 sub c',
  },
  'naam.volledigeNaam': {
    use: 'shows professionals on whom their own signals are',
    ground: 'Jeugdwet 7.1.2.3 lid 1 sub a',
    without: 'youths are shown by their birth date only',
  },
  'naam.geslachtsnaam': { use: SEARCH, ground: 'Jeugdwet 7.1.4.2 lid 3' },
  'naam.voornamen': { use: SEARCH, ground: 'Jeugdwet 7.1.4.2 lid 3' },
  geslacht: { use: SEARCH, ground: 'Jeugdwet 7.1.4.2 lid 3' },
  'adressering.adresregel2': { use: SEARCH, ground: 'Jeugdwet 7.1.4.2 lid 3' },
  gemeenteVanInschrijving: {
    use: 'passes moves on, and chooses the region that leads and the process manager',
    ground: 'Jeugdwet 7.1.2.3 lid 1 sub g, 7.1.3.2',
    without: 'no moves are passed on, and the municipality of the youth decides nothing',
  },
  datumInschrijvingInGemeente: {
    use: 'chooses between regions that name different municipalities',
    ground: 'Jeugdwet 7.1.2.3 lid 1 sub g, 7.1.3.2',
    without: 'residence has no date',
  },
  'ouders.burgerservicenummer': {
    use: 'finds brothers and sisters',
    ground: 'Jeugdwet 7.1.2.3 lid 1 sub e',
    without: 'only signals on the same youth match, not those on brothers and sisters',
  },
  gezag: {
    use: 'says whom to inform; asked only with PERSON_REGISTER_AUTHORITY',
    ground: 'Jeugdwet 7.1.5.1',
    without: 'professionals find out themselves who the legal representative is',
  },
} as const satisfies Record<string, AskedField>;

export type AskedFieldName = keyof typeof ASKED_FIELDS;

export const FIELD_NAMES = Object.keys(ASKED_FIELDS) as AskedFieldName[];

/** What the node does not do without a field; undefined for one that it always needs. */
export const lossWithout = (name: AskedFieldName): string | undefined =>
  (ASKED_FIELDS[name] as AskedField).without;

/** The fields that an operator may switch off. */
export const OPTIONAL_FIELDS = FIELD_NAMES.filter((name) => lossWithout(name) !== undefined);
