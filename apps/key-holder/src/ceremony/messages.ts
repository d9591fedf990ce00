import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsBase64UrlOf, IsCount, IsOne, IsPartyId } from '#libs/protocol';

/** What one holder may ask of another: its package, its share for the asker, its signature on the manifest. */
export const STEPS = ['round1', 'round2', 'manifest'] as const;
export type Step = (typeof STEPS)[number];

/** What every message of the ceremony says of itself; the signature (purpose `ceremony`, in the header) covers it. */
class CeremonyMessage {
  @Equals(1) v: 1;
  @IsPartyId() from: string;
  @IsPartyId() to: string;
  @IsCount(1) epoch: number;
  @IsIn(STEPS) step: Step;
}

/** Holder → holder: give me your part in this step. A repeat gets the same answer. */
export class CeremonyRequest extends CeremonyMessage {}

/** Why there is no part (yet). `stopped` names no one: the holder that found the fault says so in its own log. */
export const CEREMONY_REFUSALS = ['not-yet', 'stopped', 'finished'] as const;
export type CeremonyRefusalReason = (typeof CEREMONY_REFUSALS)[number];
export class CeremonyRefusal extends CeremonyMessage {
  @IsIn(CEREMONY_REFUSALS) refused: CeremonyRefusalReason;
}

class Package {
  @IsCount(1, 15) index: number;
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(15)
  @Matches(/^[A-Za-z0-9_-]{43}$/, { each: true })
  commitment: string[];
  @IsBase64UrlOf(64) proof: string;
}

/** Answer to `round1`: commitments and proof of possession, the same for everybody. */
export class PackageReply extends CeremonyMessage {
  @IsOne(() => Package) package: Package;
}

/** A share that only the holder it is for can open (HPKE). */
export class SealedShare {
  @IsBase64UrlOf(32) enc: string;
  /** Scalar of 32 bytes and tag of 16. */
  @IsBase64UrlOf(48) ciphertext: string;
}

/** Answer to `round2`. */
export class ShareReply extends CeremonyMessage {
  @IsOne(() => SealedShare) share: SealedShare;
}

/** Answer to `manifest`: the manifest as this holder computed it, and its signature (purpose `manifest`) over that text. */
export class ManifestReply extends CeremonyMessage {
  @IsString() @MaxLength(8_192) document: string;
  @IsBase64UrlOf(64) signature: string;
}
