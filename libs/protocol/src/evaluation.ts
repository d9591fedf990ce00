import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsIn,
  IsString,
  IsUUID,
  Matches,
} from 'class-validator';
import { AreObjects, IsBase64UrlOf, IsCount, IsMoment, IsPartyId } from './validation.js';

/** Region → key holder: evaluate these blinded elements. Signed by the region (purpose `evaluation`) in the header. */
export class EvaluationRequest {
  @Equals(1) v: 1;
  @IsPartyId() region: string;
  /** The key holder that is asked; a request to one is none to another. */
  @IsPartyId() keyHolder: string;
  @IsCount(1) epoch: number;
  /** A repeat with the same id and content costs no quota; the same id with other content is refused. */
  @IsUUID() requestId: string;
  @IsMoment() issuedAt: string;
  /** ristretto255 elements (RFC 9496), 32 bytes each. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(32)
  @IsString({ each: true })
  @Matches(/^[A-Za-z0-9_-]{43}$/, { each: true })
  elements: string[];
}

/** Key holder → region. The proof (RFC 9497 §2.2) shows that the holder used its registered share. */
export class EvaluationReply {
  @Equals(1) v: 1;
  @IsUUID() requestId: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(32)
  @Matches(/^[A-Za-z0-9_-]{43}$/, { each: true })
  evaluated: string[];
  @IsBase64UrlOf(64) proof: string;
  /** Evaluations left today for this region at this holder. */
  @IsCount(0) quotaLeft: number;
}

/** Why a key holder did not evaluate. The word is contract. */
export const REFUSALS = [
  'malformed',
  'not-admitted',
  'wrong-signature',
  'wrong-epoch',
  'quota-exceeded',
  'request-reused',
  'no-key',
] as const;
export type Refusal = (typeof REFUSALS)[number];
export class EvaluationRefusal {
  @Equals(1) v: 1;
  @IsIn(REFUSALS) refused: Refusal;
}

class RegionUsage {
  @IsPartyId() region: string;
  @IsCount(0) elements: number;
}

/** Key holder → relay: what it evaluated on one day in Amsterdam, so that a region that tries many numbers shows. Signed (purpose `usage`) in the header. */
export class KeyHolderUsage {
  @Equals(1) v: 1;
  @IsPartyId() keyHolder: string;
  @IsMoment() asOf: string;
  /** Regions that had something evaluated on the day of `asOf`. */
  @AreObjects(() => RegionUsage, 500) regions: RegionUsage[];
}

class PublicShare {
  @IsPartyId() keyHolder: string;
  @IsCount(1, 15) index: number;
  /** Public share K_i, 32 bytes. */
  @IsBase64UrlOf(32) publicShare: string;
}

/** What the key ceremony brought forth: public values only. Signed by every key holder; pinned by regions. */
export class KeyManifest {
  @Equals(1) v: 1;
  @IsCount(1) epoch: number;
  @IsCount(2, 15) threshold: number;
  /** Group key K, 32 bytes. The private key belonging to it exists nowhere. */
  @IsBase64UrlOf(32) groupKey: string;
  @AreObjects(() => PublicShare, 15) publicShares: PublicShare[];
  /** SHA-256 over all round-1 packages of the ceremony, in index order. */
  @IsBase64UrlOf(32) transcriptHash: string;
}

class ManifestSignature {
  @IsPartyId() keyHolder: string;
  @IsBase64UrlOf(64) signature: string;
}

/** A manifest as it travels: the exact JSON text and the signatures of all key holders over it (purpose `manifest`). */
export class SignedManifest {
  @IsString() document: string;
  @AreObjects(() => ManifestSignature, 15) signatures: ManifestSignature[];
}
