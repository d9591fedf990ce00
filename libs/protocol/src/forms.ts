import { ArrayMaxSize, Equals, IsArray, IsString, Matches, MaxLength } from 'class-validator';
import { RELAY } from './subjects.js';
import { isSignedBy, type Signer } from './keys.js';
import type { RegionRegister } from './register.js';
import {
  AreObjects,
  IsBase64UrlOf,
  IsMoment,
  IsPartyId,
  MalformedMessage,
  parse,
  type UnknownMembers,
} from './validation.js';

/*
 * How does the wire change while parties run different releases? What one party writes for others to read has a form, named
 * `<what>/<major>.<minor>`. Form 1.0 is what everybody speaks. A sender uses a later form only towards a receiver that said it speaks it.
 *
 * How does a party say so? It signs its list of forms with the key that the register gives for it, and gives it to the relay, which hands
 * everybody's lists out. The latest list of each party is kept. That a list does not come changes nothing: the relay could withhold it.
 *
 * What does a later minor form ask of a reader? From 1.1 on a reader drops members that it does not know, so a new optional member needs
 * no form of its own. What a reader must understand raises the major version `v`, which an older reader refuses.
 */

/** The wire that a program speaks: `1.0` is that of release 0.1.0, which refuses every member that it does not know. */
export const WIRES = ['1.0', '1.1'] as const;
export type Wire = (typeof WIRES)[number];
/** The wire of this release. */
export const WIRE: Wire = '1.1';

export type CardForm = 'card/1.0' | 'card/1.1';
export type RegisterForm = 'register/1.0' | 'register/1.1';

/** The forms that a program of this release speaks. */
export const FORMS = [
  'card/1.0',
  'card/1.1',
  'letter/1.0',
  'letter/1.1',
  'message/1.0',
  'message/1.1',
  'register/1.0',
  'register/1.1',
] as const satisfies readonly (CardForm | RegisterForm | `${'letter' | 'message'}/1.${0 | 1}`)[];
export type Form = (typeof FORMS)[number];

/** What a reader of this wire does with members that it does not know. */
export const unknownMembersOf = (wire: Wire): UnknownMembers => (wire === '1.0' ? 'refused' : 'dropped');

/** Which forms a party speaks, and from when on. */
export class SpokenForms {
  @Equals(1) v: 1;
  @IsPartyId() party: string;
  /** Names of forms; those that the reader does not know concern others. */
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Matches(/^[a-z]{1,20}\/\d{1,3}\.\d{1,3}$/, { each: true })
  forms: string[];
  /** When the program that speaks them was started; of two lists the later one counts. */
  @IsMoment() since: string;
}

/** A list of forms as it travels: the exact JSON text, and the signature of the party (purpose `forms`). */
export class SignedForms {
  @IsString() @MaxLength(8_000) document: string;
  @IsBase64UrlOf(64) signature: string;
}

/** The latest list of every party, as the relay hands them out. */
export class FormsOfParties {
  @Equals(1) v: 1;
  @AreObjects(() => SignedForms, 600) parties: SignedForms[];
}

/** Signs the list of forms that a party speaks. */
export function signForms(party: Signer, forms: Omit<SpokenForms, 'v'>): SignedForms {
  const document = JSON.stringify({ v: 1, ...forms });
  return { document, signature: party.sign('forms', Buffer.from(document, 'utf8')) };
}

/** How far in the future a list may begin: no clock that is ahead makes a list that nobody can replace. */
const CLOCK_TOLERANCE_MS = 24 * 3_600_000;

/** The list, or undefined when it is not what that party signed, or begins more than a day from now. */
export function openForms(register: RegionRegister, signed: SignedForms, now: Date): SpokenForms | undefined {
  try {
    const bytes = Buffer.from(signed.document, 'utf8');
    const spoken = parse(SpokenForms, bytes, 'dropped');
    const key = signingKeyOf(register, spoken.party);
    if (!key || !isSignedBy(key, 'forms', bytes, signed.signature)) return undefined;
    return Date.parse(spoken.since) > now.getTime() + CLOCK_TOLERANCE_MS ? undefined : spoken;
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}

/** The parties that take part and do not say that they speak a form; nobody has to say it of the oldest one. */
export function partiesWithout(
  register: RegionRegister,
  form: Form,
  spoken: ReadonlyMap<string, readonly string[]>,
): string[] {
  if (form.endsWith('/1.0')) return [];
  const admitted = register.regions.filter(({ state }) => state === 'admitted');
  return [RELAY, ...[...register.keyHolders, ...admitted].map(({ id }) => id)].filter(
    (party) => !spoken.get(party)?.includes(form),
  );
}

function signingKeyOf({ relay, keyHolders, regions }: RegionRegister, party: string): string | undefined {
  if (party === RELAY) return relay.signingKey;
  return [...keyHolders, ...regions.filter(({ state }) => state !== 'removed')].find(({ id }) => id === party)
    ?.signingKey;
}
