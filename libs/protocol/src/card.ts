import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsEmail,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { openPadded, sealPadded } from './hpke.js';
import type { KeyPairText } from './keys.js';
import type { SealedCard } from './messages.js';
import type { Version } from './version.js';
import {
  AreObjects,
  IsBase64UrlOf,
  IsCount,
  IsMoment,
  IsOne,
  IsPartyId,
  IsPlainLine,
  mustBeValid,
  parse,
  parseReadable,
  type ReadableParts,
} from './validation.js';
import { WIRE, type CardForm, type Wire } from './forms.js';

/** A telephone number for people. */
export const PHONE_NUMBER = /^[0-9+() -]{3,20}$/;

/** Who somebody is and how to reach them: all that a match ever tells (Jeugdwet art. 7.1.4.3). */
export class Contact {
  @IsPlainLine(80) name: string;
  @IsPlainLine(60) function: string;
  @IsPlainLine(100) organisation: string;
  @IsString() @Matches(PHONE_NUMBER) phone: string;
  @IsEmail() @MaxLength(100) @IsPlainLine(100) email: string;
  /** The location of the organisation where they work, with its telephone. */
  @IsOptional() @IsPlainLine(60) location?: string;
  @IsOptional() @IsString() @Matches(PHONE_NUMBER) locationPhone?: string;
}

/** One active signal on the handle that the card is about. */
export class CardEntry extends Contact {
  /** Random, lives as long as the signal; what people did is recorded by pairs of these. */
  @IsUUID() entryId: string;
  /** Equal for equal youths within this match, meaningless elsewhere; never shown. 16 bytes. */
  @IsBase64UrlOf(16) youthRef: string;
  /** Kind of organisation in the words of the region's covenant, for the leading rule. */
  @IsString() @Matches(/^[a-z][a-z0-9-]{0,39}$/) kind: string;
  @IsMoment() filedAt: string;
  /** The other side's entries with whom this professional is in contact. */
  @IsArray() @ArrayMaxSize(100) @IsUUID(undefined, { each: true }) contactMade: string[];
  @IsOptional() @IsIn(['arranged', 'conflict-of-duties']) consent?: 'arranged' | 'conflict-of-duties';
  /** Who stands in during absence. */
  @IsOptional() @IsOne(() => Contact) replacement?: Contact;
}

/** Why somebody leads. The receiving side puts it in words. */
export const LEAD_REASONS = ['organisation-kind', 'process-manager', 'appointed'] as const;
export type LeadReason = (typeof LEAD_REASONS)[number];

/** Who leads, as the leading region decided. */
export class NamedLead extends Contact {
  /** The region that decided; for the same youth only its own card counts. */
  @IsPartyId() leadingRegion: string;
  /** Why that region decides: the youth lives there, or the earliest signal was filed there. */
  @IsIn(['residence', 'earliest-signal']) leadingBecause: 'residence' | 'earliest-signal';
  @IsIn(LEAD_REASONS) because: LeadReason;
  /** Absent when a process manager leads. */
  @IsOptional() @IsUUID() entryId?: string;
}

/** Who leads for a youth. */
export class CardLead extends NamedLead {
  @IsBase64UrlOf(16) youthRef: string;
}

/** What stands for the kind of organisation before both sides confirmed. Wire 1.0 demands a kind, and knows this word no more than others. */
export const UNDISCLOSED = 'undisclosed';

/**
 * An active signal on a youth without BSN who is described alike, on a handle of such a description: possibly the same youth. The kind of
 * organisation and how to reach the professional are in it only after both sides confirmed that it can be the same youth.
 */
export class PossibleEntry {
  @IsUUID() entryId: string;
  /** `undisclosed` without `contact`. */
  @IsString() @Matches(/^[a-z][a-z0-9-]{0,39}$/) kind: string;
  @IsMoment() filedAt: string;
  /** The other side's entries of which this professional says that they can be about the same youth. */
  @IsArray() @ArrayMaxSize(100) @IsUUID(undefined, { each: true }) confirmed: string[];
  /** The BSN of the youth has become known here: the other side is asked to verify. */
  @IsOptional() @Equals(true) bsnKnown?: true;
  @IsArray() @ArrayMaxSize(100) @IsUUID(undefined, { each: true }) contactMade: string[];
  @IsOptional() @IsOne(() => Contact) contact?: Contact;
  /** Who stands in during absence; with `contact` only. */
  @IsOptional() @IsOne(() => Contact) replacement?: Contact;
  /** Who leads for this side's youth; with `contact` only. */
  @IsOptional() @IsOne(() => NamedLead) lead?: NamedLead;
}

/**
 * Where the youth lives, as the person register said at the sender's last look. Only on a youth's handle, never for a protected address.
 */
export class Residence {
  @IsString() @Matches(/^[0-9]{4}$/) municipality: string;
  /** First day of the enrolment, `YYYY-MM-DD`; absent when the person register does not know it (form `card/1.1`). */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(/^\d{4}-\d\d-\d\d$/) asOf?: string;
}

/** How many entries fit a card of fixed size; the earliest ones go first. */
export const MAX_ENTRIES = 30;

/** The current list of signallers on one side of a match. Empty: this side has none left, and the match ends. */
export class ContactCard {
  @Equals(1) v: 1;
  @AreObjects(() => CardEntry, MAX_ENTRIES) entries: CardEntry[];
  /** On the handle of a description, instead of `entries`; empty as well: this side has none left. */
  @IsOptional() @AreObjects(() => PossibleEntry, MAX_ENTRIES) possible?: PossibleEntry[];
  /** Signallers beyond those listed. */
  @IsCount(0) more: number;
  @AreObjects(() => CardLead, MAX_ENTRIES) leads: CardLead[];
  @IsOptional() @IsOne(() => Residence) residence?: Residence;
  /** After this moment the card no longer counts; it is renewed weekly. */
  @IsMoment() validUntil: string;
}

/** Everybody whom a card lists, by name or as possibly involved; nobody: this side has no signal left, and the match ends. */
export const listedOn = ({
  entries,
  possible = [],
}: Pick<ContactCard, 'entries' | 'possible'>): { entryId: string }[] => [...entries, ...possible];

/** Size of every card before sealing, in bytes: the relay learns nothing from lengths. */
export const CARD_BYTES = 40_960;

/** What a card is bound to besides the keys: change one of these and it does not open. */
export interface CardBinding {
  matchId: string;
  from: string;
  to: string;
  epoch: number;
  version: Version;
}

const infoOf = ({ matchId, from, to, epoch, version }: CardBinding) => [
  ...['vir1/card', matchId, from, to, epoch, version.incarnation, version.n],
];
const pskOf = (cardKey: Uint8Array, epoch: number) => ({ id: `vir1/card/${epoch}`, key: cardKey });

/** The lowest form that says all that a card says. */
export const formOfCard = ({ residence }: Pick<ContactCard, 'residence'>): CardForm =>
  residence && residence.asOf === undefined ? 'card/1.1' : 'card/1.0';

/** What a card says to a receiver that speaks the oldest form only: a residence without its day is left out. */
export function inOldestForm<T extends Pick<ContactCard, 'residence'>>(card: T): T {
  if (formOfCard(card) === 'card/1.0') return card;
  const { residence: _, ...rest } = card;
  return rest as T;
}

/** A card has more in it than fits. */
export class CardTooLarge extends Error {
  override name = 'CardTooLarge';
}

/**
 * Seals a card from region to region: HPKE AuthPSK (RFC 9180 §5.1.4) with X25519, HKDF-SHA256, AES-256-GCM.
 * Only the holder of the receiving region's key who also derived the same person secret can open it.
 * @param cardKey the pre-shared key of 32 bytes, derived from the person's secret
 * @throws CardTooLarge
 * @throws InvalidMessage when the receiver's class would refuse it
 */
export async function sealCard(
  card: ContactCard,
  binding: CardBinding,
  sender: KeyPairText,
  recipientKey: string,
  cardKey: Uint8Array,
): Promise<Pick<SealedCard, 'matchId' | 'version' | 'enc' | 'ciphertext'>> {
  mustBeValid(ContactCard, card);
  const sealed = await sealPadded(JSON.stringify(card), CARD_BYTES, {
    own: sender,
    other: recipientKey,
    info: infoOf(binding),
    psk: pskOf(cardKey, binding.epoch),
  });
  if (!sealed) throw new CardTooLarge();
  return { matchId: binding.matchId, version: binding.version, ...sealed };
}

/** A card that does not open: another sender, another person, other bindings, or not a card at all. */
export class UnopenableCard extends Error {
  override name = 'UnopenableCard';
}

/**
 * Opens a card and reads what can be read of it: an optional part that is wrong costs that part. A card that lists somebody and of which
 * nobody is left counts as unopenable, never as empty.
 * @throws UnopenableCard
 */
export async function openCard(
  sealed: Pick<SealedCard, 'enc' | 'ciphertext'>,
  binding: CardBinding,
  recipient: KeyPairText,
  senderKey: string,
  cardKey: Uint8Array,
  wire: Wire = WIRE,
): Promise<ReadableParts<ContactCard>> {
  try {
    const padded = await openPadded(sealed, {
      own: recipient,
      other: senderKey,
      info: infoOf(binding),
      psk: pskOf(cardKey, binding.epoch),
    });
    if (wire === '1.0') {
      const document = parse(ContactCard, padded);
      if (formOfCard(document) !== 'card/1.0') throw new UnopenableCard();
      return { document, unreadable: [] };
    }
    const read = parseReadable(ContactCard, padded);
    const nobodyIsLeft = listedOn(read.document).length === 0;
    if (nobodyIsLeft && read.unreadable.some((path) => /^(entries|possible)\b/.test(path)))
      throw new UnopenableCard();
    return read;
  } catch {
    throw new UnopenableCard();
  }
}
