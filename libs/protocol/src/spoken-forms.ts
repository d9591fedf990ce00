import { ArrayMaxSize, Equals, IsArray, IsString, Matches, MaxLength } from 'class-validator';
import type { Form } from './forms.js';
import { isSignedBy, type Signer } from './keys.js';
import type { RegionRegister } from './register.js';
import { RELAY } from './subjects.js';
import { AreObjects, IsBase64UrlOf, IsMoment, IsPartyId, MalformedMessage, parse } from './validation.js';

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
