import { Equals, IsISO8601, IsString, Matches } from 'class-validator';
import { Contact } from './card.js';
import { openPadded, sealPadded } from './hpke.js';
import type { KeyPairText } from './keys.js';
import type { SealedArchiveAnswer } from './messages.js';
import { AreObjects, IsCount, mustBeValid, parse } from './validation.js';
import { WIRE, unknownMembersOf, type Wire } from './forms.js';

/** How many earlier professionals fit an answer of fixed size; those whose signal ended last go first. */
export const MAX_EARLIER = 10;

/** Somebody who had a signal on the youth: who that was and when it ended, and nothing of why (Jeugdwet 7.1.4.6 lid 1). */
export class EarlierProfessional extends Contact {
  /** Kind of organisation in the words of the region's covenant, for covenants that keep some kinds out of mails. */
  @IsString() @Matches(/^[a-z][a-z0-9-]{0,39}$/) kind: string;
  /** Day on which the signal ended, `YYYY-MM-DD`. */
  @IsISO8601({ strict: true }) @Matches(/^\d{4}-\d\d-\d\d$/) endedOn: string;
}

/** What the archive of a region holds on a youth. Empty when there is nothing that may be told. */
export class EarlierProfessionals {
  @Equals(1) v: 1;
  @AreObjects(() => EarlierProfessional, MAX_EARLIER) professionals: EarlierProfessional[];
  /** Professionals beyond those listed. */
  @IsCount(0) more: number;
}

/** Size of every answer before sealing, in bytes: the relay learns from lengths neither how much is in it nor whether anything is. */
export const ARCHIVE_ANSWER_BYTES = 8_192;

/** What an answer is bound to besides the keys: change one of these and it does not open. */
export interface ArchiveBinding {
  question: string;
  from: string;
  to: string;
  epoch: number;
}

const infoOf = ({ question, from, to, epoch }: ArchiveBinding) => ['vir1/archive', question, from, to, epoch];
const pskOf = (archiveKey: Uint8Array, epoch: number) => ({ id: `vir1/archive/${epoch}`, key: archiveKey });

/**
 * Seals an answer from region to region: HPKE AuthPSK (RFC 9180 §5.1.4). Only a region that evaluated the same person itself opens it, so
 * whoever asks at random, or in the name of another, learns nothing. Leaves out the last professionals, and counts them, when it has more in it
 * than fits.
 * @throws InvalidMessage when the receiver's class would refuse it
 * @param archiveKey the pre-shared key of 32 bytes, derived from the person's secret
 */
export async function sealArchiveAnswer(
  answer: EarlierProfessionals,
  binding: ArchiveBinding,
  sender: KeyPairText,
  recipientKey: string,
  archiveKey: Uint8Array,
): Promise<SealedArchiveAnswer> {
  mustBeValid(EarlierProfessionals, answer);
  const sealing = { own: sender, other: recipientKey, info: infoOf(binding) };
  const psk = pskOf(archiveKey, binding.epoch);
  const sealed = await sealPadded(JSON.stringify(answer), ARCHIVE_ANSWER_BYTES, { ...sealing, psk });
  if (sealed) return { question: binding.question, ...sealed };
  const fewer = { ...answer, professionals: answer.professionals.slice(0, -1), more: answer.more + 1 };
  return sealArchiveAnswer(fewer, binding, sender, recipientKey, archiveKey);
}

/** An answer that does not open: another sender, person or question, or not an answer at all. */
export class UnopenableArchiveAnswer extends Error {
  override name = 'UnopenableArchiveAnswer';
}

/** Opens and validates an answer. @throws UnopenableArchiveAnswer */
export async function openArchiveAnswer(
  sealed: SealedArchiveAnswer,
  binding: ArchiveBinding,
  recipient: KeyPairText,
  senderKey: string,
  archiveKey: Uint8Array,
  wire: Wire = WIRE,
): Promise<EarlierProfessionals> {
  const opening = { own: recipient, other: senderKey, info: infoOf(binding) };
  try {
    const psk = pskOf(archiveKey, binding.epoch);
    return parse(EarlierProfessionals, await openPadded(sealed, { ...opening, psk }), unknownMembersOf(wire));
  } catch {
    throw new UnopenableArchiveAnswer();
  }
}
