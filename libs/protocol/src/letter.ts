import { Equals, IsString, IsUUID, Matches } from 'class-validator';
import { Contact } from './card.js';
import { openPadded, sealPadded } from './hpke.js';
import type { KeyPairText } from './keys.js';
import type { SealedLetter } from './messages.js';
import { AreObjects, IsCount, IsMoment, IsOne, MalformedMessage, mustBeValid, parse } from './validation.js';
import { WIRE, unknownMembersOf, type Wire } from './forms.js';
import { Version } from './version.js';

/** How many professionals fit a letter of fixed size; the earliest to file go first. */
export const MAX_TOLD = 20;

/** What every letter has. */
class LetterHead {
  @Equals(1) v: 1;
  /** Random; the same for as long as the same is told. Whatever is said about it names it. */
  @IsUUID() id: string;
  /** A later one replaces an earlier one of the same id. */
  @IsOne(() => Version) version: Version;
}

/** Tells the process manager of a municipality whom to speak with, and nothing about a youth. */
class TellingLetter extends LetterHead {
  /** Code of the municipality whose process manager is told; stays the same for one id. */
  @IsString() @Matches(/^[0-9]{4}$/) municipality: string;
  /** Who has a signal on the youth. */
  @AreObjects(() => Contact, MAX_TOLD) professionals: Contact[];
  /** Professionals beyond those listed. */
  @IsCount(0) more: number;
  /** After this moment the letter no longer counts; it is said again weekly. */
  @IsMoment() validUntil: string;
}

/** A youth with a signal moved to the municipality (Jeugdwet 7.1.2.3 lid 1 sub g). */
export class MoveLetter extends TellingLetter {
  @Equals('move') kind: 'move';
}

/** A process manager forwards what is for the process manager of the municipality to follow up (Jeugdwet 7.1.3.2). */
export class CaseForwardLetter extends TellingLetter {
  @Equals('case-forward') kind: 'case-forward';
  @IsOne(() => Contact) forwardedBy: Contact;
}

/** What the letter of this id told is to be forgotten. */
export class EraseLetter extends LetterHead {
  @Equals('erase') kind: 'erase';
}

/** It was forgotten, or never known: answers the erase letter of this version. */
export class EraseReceiptLetter extends LetterHead {
  @Equals('erase-receipt') kind: 'erase-receipt';
}

export type Letter = MoveLetter | CaseForwardLetter | EraseLetter | EraseReceiptLetter;

const KINDS: Record<Letter['kind'], new () => Letter> = {
  move: MoveLetter,
  'case-forward': CaseForwardLetter,
  erase: EraseLetter,
  'erase-receipt': EraseReceiptLetter,
};

/** Size of every letter before sealing, in bytes: the relay learns from lengths neither what kind it is nor how much is in it. */
export const LETTER_BYTES = 16_384;

/** Between whom a letter goes. */
export interface LetterWay {
  from: string;
  to: string;
}
const infoOf = ({ from, to }: LetterWay) => ['vir1/letter', from, to];

/** A letter has more in it than fits. */
export class LetterTooLarge extends Error {
  override name = 'LetterTooLarge';
}

/**
 * Seals a letter from region to region: HPKE Auth (RFC 9180 §5.1.3) with the regions' card keys. Unlike a card it needs no secret of a
 * person: the receiving region need not know whom it is about, and must not learn it.
 * @throws LetterTooLarge
 * @throws InvalidMessage when the receiver's class would refuse it
 */
export async function sealLetter(
  letter: Letter,
  way: LetterWay,
  sender: KeyPairText,
  recipientKey: string,
): Promise<SealedLetter> {
  mustBeValid(KINDS[letter.kind], letter);
  const sealing = { own: sender, other: recipientKey, info: infoOf(way) };
  const sealed = await sealPadded(JSON.stringify(letter), LETTER_BYTES, sealing);
  if (!sealed) throw new LetterTooLarge();
  return sealed;
}

/** A letter that does not open: another sender or receiver, or not a letter at all. */
export class UnopenableLetter extends Error {
  override name = 'UnopenableLetter';
}

/** Opens and validates a letter. @throws UnopenableLetter */
export async function openLetter(
  sealed: SealedLetter,
  way: LetterWay,
  recipient: KeyPairText,
  senderKey: string,
  wire: Wire = WIRE,
): Promise<Letter> {
  try {
    return readLetter(
      await openPadded(sealed, { own: recipient, other: senderKey, info: infoOf(way) }),
      wire,
    );
  } catch {
    throw new UnopenableLetter();
  }
}

/** Reads what is inside a letter. @throws MalformedMessage */
export function readLetter(bytes: Uint8Array, wire: Wire = WIRE): Letter {
  let kind: unknown;
  try {
    ({ kind } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { kind?: unknown });
  } catch {
    throw new MalformedMessage('not a letter');
  }
  const type = Object.entries(KINDS).find(([name]) => name === kind)?.[1];
  if (!type) throw new MalformedMessage('kind');
  return parse(type, bytes, unknownMembersOf(wire));
}
