import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { isSignedBy, type Signer } from './keys.js';
import {
  AreObjects,
  IsBase64UrlOf,
  IsOne,
  IsPartyId,
  MalformedMessage,
  mustBeValid,
  parse,
} from './validation.js';
import { MAX_LISTED, Version } from './version.js';

/** Where one match stands at the region that makes the roll. */
export class RollItem {
  @IsBase64UrlOf(16) matchId: string;
  /** Its latest card; absent before the first. */
  @IsOptional() @IsOne(() => Version) sent?: Version;
  /** The latest card of the other side that it opened; absent before the first. */
  @IsOptional() @IsOne(() => Version) opened?: Version;
}

/**
 * A roll: all matches of one region with another whose ids lie in a range. Whoever receives it in answer to
 * its last question sends again what went before the question and the other has not opened, and ends what it knew then and the other does
 * not list.
 */
export class Roll {
  @IsPartyId() from: string;
  @IsPartyId() to: string;
  /** The range, in the order of the text: ids after `after` (absent: from the first) up to and including `upTo` (absent: to the last). */
  @IsOptional() @IsBase64UrlOf(16) after?: string;
  @IsOptional() @IsBase64UrlOf(16) upTo?: string;
  @AreObjects(() => RollItem, MAX_LISTED) items: RollItem[];
  /** Asks for the receiver's roll in return, by a random name, once for all parts. */
  @IsOptional() @IsBase64UrlOf(16) question?: string;
  /** Of a roll in return: the question that it answers. What the asker knew when it asked, the maker has heard of too. */
  @IsOptional() @IsBase64UrlOf(16) answersTo?: string;
}

/** A roll as it travels: the exact JSON text, and the signature of the region that made it, which the relay cannot make. */
export class SignedRoll {
  /** One JSON object, without characters that no database keeps. */
  @IsString() @MaxLength(150_000) @Matches(/^\{\P{C}*\}$/u) document: string;
  @IsBase64UrlOf(64) signature: string;
}

/** Signs a roll with the key of the region that makes it. @throws InvalidMessage when the receiver's class would refuse it */
export function signRoll(region: Signer, roll: Roll): SignedRoll {
  mustBeValid(Roll, roll);
  const document = JSON.stringify(roll);
  return { document, signature: region.sign('roll', Buffer.from(document, 'utf8')) };
}

/** The roll, or undefined when it is not what `from` has said to `to`. @param publicKey signing key of `from`, from the region register */
export function openRoll(
  signed: SignedRoll,
  { from, to, publicKey }: { from: string; to: string; publicKey: string },
): Roll | undefined {
  const bytes = Buffer.from(signed.document, 'utf8');
  if (!isSignedBy(publicKey, 'roll', bytes, signed.signature)) return undefined;
  try {
    const roll = parse(Roll, bytes, 'dropped');
    return roll.from === from && roll.to === to ? roll : undefined;
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}
