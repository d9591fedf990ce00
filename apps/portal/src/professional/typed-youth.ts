import { isoBirthDate } from '#libs/screens';
import type { SearchedYouth, YouthRequest } from './professional.types.js';

/** The further field that the form asks for when the others do not identify the youth. */
export type Datum = 'givenName' | 'postcode' | 'houseNumber';
export const DATA: readonly Datum[] = ['givenName', 'postcode', 'houseNumber'];

/** Who the youth is, as it was typed: by BSN, by what everybody may know, or without BSN. */
export interface TypedYouth {
  how: 'bsn' | 'search' | 'without-bsn';
  bsn: string;
  surname: string;
  birthDate: string;
  sex: string | undefined;
  postcode: string;
  givenName: string;
  houseNumber: string;
  /** Fields that were asked for once stay. */
  asked: readonly Datum[];
}

export const nothingTyped = (mayUseBsn: boolean): TypedYouth => ({
  how: mayUseBsn ? 'bsn' : 'search',
  ...{ bsn: '', surname: '', birthDate: '', sex: undefined, postcode: '', givenName: '', houseNumber: '' },
  asked: [],
});

/** As the API takes it. */
export function youthRequest(typed: TypedYouth): YouthRequest {
  const birthDate = isoBirthDate(typed.birthDate);
  if (typed.how === 'bsn') return { bsn: typed.bsn.replace(/[\s.]/g, ''), birthDate };
  const described = { surname: typed.surname.trim(), birthDate, sex: typed.sex ?? '' };
  if (typed.how === 'without-bsn') return { withoutBsn: true, ...described };
  return { ...described, ...DATA.reduce((all, datum) => ({ ...all, ...filledIn(datum, typed[datum]) }), {}) };
}

const filledIn = (datum: Datum, typed: string): Partial<SearchedYouth> =>
  typed.trim() === '' ? {} : { [datum]: typed.trim() };
