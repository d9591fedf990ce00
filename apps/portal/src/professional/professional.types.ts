import type { Contact, LeadShown } from '../contact/index.js';

export type ParentsInformed = 'yes' | 'legal-exception';
export type InformWhom = 'representatives' | 'representatives-and-youth' | 'youth';
/** As the person register says; absent when it does not. */
export type Representatives = 'both-parents' | 'one-parent' | 'parent-and-other' | 'guardian';

/** As `POST /signals/_preview` and `POST /signals` take it. */
export type YouthRequest =
  | { bsn: string; birthDate: string }
  | SearchedYouth
  | { withoutBsn: true; surname: string; birthDate: string; sex: string };

/** Given name, postcode and house number as far as they were asked for and are there. */
export interface SearchedYouth {
  surname: string;
  birthDate: string;
  sex: string;
  givenName?: string;
  postcode?: string;
  houseNumber?: string;
}

export interface YouthShown {
  name: string;
  birthDate: string;
}

export interface Preview {
  youth: YouthShown;
  othersWillSee: Contact;
  informWhom: InformWhom;
  representatives?: Representatives;
  removalDate: string;
}

export interface FiledSignal {
  id: string;
  number: string;
  removalDate: string;
}

export interface OwnSignal {
  id: string;
  number: string;
  filedAt: string;
  removalDate: string;
  parentsInformed: ParentsInformed;
  withoutBsn?: true;
  moved?: { municipality: string; heardAt: string };
  youth?: YouthShown;
  youthUnavailable?: true;
}

export interface InvolvedPerson extends Contact {
  id: string;
  kind: 'same-youth' | 'sibling' | 'possibly-same-youth';
  standsInFor?: string;
  region: string;
  contactMadeByYou: boolean;
  contactMadeByThem: boolean;
  /** Of what is possibly the same youth: the other side has come to know the BSN. */
  askedToVerify?: boolean;
}

/** Who may be involved with the same youth without BSN, before both sides confirmed it. */
export interface PossiblePerson {
  id: string;
  organisationKind: string;
  region: string;
  confirmedByYou: boolean;
  confirmedByThem: boolean;
  askedToVerify: boolean;
}

export interface OwnMatch {
  signalId: string;
  signalNumber: string;
  standingInFor?: string;
  matchregisseur: LeadShown | null;
  youLead: boolean;
  involved: InvolvedPerson[];
  possible: PossiblePerson[];
}
