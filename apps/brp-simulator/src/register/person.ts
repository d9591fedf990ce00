import type { RegisterDate } from '#libs/calendar';

/** A code and its text from a national table (BRP: Waardetabel). */
export interface TableValue {
  code?: string;
  omschrijving?: string;
}

/** A name as the register has it; `volledigeNaam` leaves out the name of a partner. */
export interface PersonName {
  voornamen?: string;
  voorvoegsel?: string;
  geslachtsnaam?: string;
  voorletters?: string;
  volledigeNaam?: string;
}

/** A parent or child as it stands on a person's own list. The number may be missing; the object may be empty. */
export interface Relative {
  burgerservicenummer?: string;
  ouderAanduiding?: '1' | '2';
  naam?: PersonName;
  geboorte?: { datum?: RegisterDate };
  geslacht?: TableValue;
}

/** An address at home or abroad. Population files may say `straat`; the API has an official and a short street name. */
export interface Address {
  straat?: string;
  officieleStraatnaam?: string;
  korteStraatnaam?: string;
  huisnummer?: number;
  huisletter?: string;
  huisnummertoevoeging?: string;
  postcode?: string;
  woonplaats?: string;
  regel1?: string;
  regel2?: string;
  regel3?: string;
  land?: TableValue;
}

export interface Residence {
  type: 'Adres' | 'VerblijfplaatsBuitenland' | 'VerblijfplaatsOnbekend' | 'Locatie';
  verblijfadres?: Address;
  nummeraanduidingIdentificatie?: string;
  adresseerbaarObjectIdentificatie?: string;
}

/** The parts of a person that the simulator works with; whatever else a population file holds is kept and can be asked for. */
export interface Person {
  burgerservicenummer: string;
  naam?: PersonName;
  geboorte?: { datum?: RegisterDate };
  geslacht?: TableValue;
  ouders?: Relative[];
  kinderen?: Relative[];
  gemeenteVanInschrijving?: TableValue;
  datumInschrijvingInGemeente?: RegisterDate;
  verblijfplaats?: Residence;
  overlijden?: { datum?: RegisterDate };
  opschortingBijhouding?: { reden?: TableValue; datum?: RegisterDate };
  geheimhoudingPersoonsgegevens?: boolean;
}
