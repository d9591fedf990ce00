import type { Contact, LeadShown } from '../contact/index.js';

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
  /** `2012-05-12`, `2012-05` or `2012`; absent when the person register does not know it. */
  birthDate?: string;
}

export interface Preview {
  youth: YouthShown;
  othersWillSee: Contact;
  informWhom: InformWhom;
  representatives?: Representatives;
  removalDate: string;
  /** One's own signal on this youth: there is no second one. */
  existing?: { id: string; number: string; removalDate: string };
}

/** Of a signal of which nobody knows yet; without either it is shared. */
export interface Held {
  /** When it is shared by itself. */
  sharesAt?: string;
  /** It is not shared by itself: its filer has to choose. */
  waitsForYou?: true;
}

export const isHeld = ({ sharesAt, waitsForYou }: Held): boolean =>
  sharesAt !== undefined || waitsForYou === true;

export interface FiledSignal extends Held {
  id: string;
  number: string;
  removalDate: string;
}

export interface OwnSignal extends Held {
  id: string;
  number: string;
  filedAt: string;
  removalDate: string;
  /** Until when the filer wants to be reminded to inform those whom the law names. */
  informReminderUntil?: string;
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
  /** In another region, so that it may be the reader themselves. */
  mayBeYou: boolean;
  /** Of what is possibly the same youth: the other side has come to know the BSN. */
  askedToVerify?: boolean;
}

/** Somebody who may be involved with the same youth without BSN, before both sides confirmed it. */
export interface PossiblePerson {
  id: string;
  confirmedByYou: boolean;
  confirmedByThem: boolean;
  askedToVerify: boolean;
}

/** A signal in another region of which the reader said that it is theirs. */
export interface Yourself {
  id: string;
  function: string;
  organisation: string;
  region: string;
}

export interface OwnMatch {
  signalId: string;
  signalNumber: string;
  standingInFor?: string;
  matchregisseur: LeadShown | null;
  youLead: boolean;
  involved: InvolvedPerson[];
  possible: PossiblePerson[];
  yourself: Yourself[];
}
