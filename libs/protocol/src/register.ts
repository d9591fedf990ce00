import { ArrayMaxSize, Equals, IsArray, IsIn, IsString, Matches } from 'class-validator';
import { isSignedBy, type Signer } from './keys.js';
import {
  AreObjects,
  IsBase64UrlOf,
  IsCertificateSubject,
  IsCount,
  IsMoment,
  IsOne,
  IsPartyId,
  IsPlainLine,
  MalformedMessage,
  mustBeValid,
  parse,
} from './validation.js';
import { WIRE, unknownMembersOf, type RegisterForm, type Wire } from './forms.js';

/** One region as the coordinator admitted it. */
export class RegisteredRegion {
  @IsPartyId() id: string;
  @IsPlainLine(80) name: string;
  /** Municipality codes (four digits) of the region; empty for a national reporter. */
  @IsArray() @ArrayMaxSize(400) @Matches(/^[0-9]{4}$/, { each: true }) municipalities: string[];
  /** Ed25519 public key that signs the region's messages and evaluation requests. */
  @IsBase64UrlOf(32) signingKey: string;
  /** X25519 public key to which contact cards for the region are sealed, and which authenticates the region's own. */
  @IsBase64UrlOf(32) cardKey: string;
  @IsCertificateSubject() certificateSubject: string;
  @IsIn(['admitted', 'suspended', 'removed']) state: 'admitted' | 'suspended' | 'removed';
  /** Evaluations that each key holder grants the region per day. */
  @IsCount(0, 1_000_000) dailyQuota: number;
}

/** One holder of a share of the pseudonym key. */
export class RegisteredKeyHolder {
  @IsPartyId() id: string;
  /** Its number in the threshold scheme, from 1. */
  @IsCount(1, 15) index: number;
  @IsPlainLine(80) name: string;
  @IsBase64UrlOf(32) signingKey: string;
  /** X25519 public key to which the other holders seal its parts of the key ceremony. */
  @IsBase64UrlOf(32) sealingKey: string;
  @IsCertificateSubject() certificateSubject: string;
}

/** The relay: that it relays, and with which key it signs, is the coordinator's word too. */
export class RegisteredRelay {
  @IsBase64UrlOf(32) signingKey: string;
  @IsCertificateSubject() certificateSubject: string;
}

/**
 * Who takes part in the federation. Signed by the national coordinator's key, which is kept off the relay; nodes and key
 * holders pin that key and accept no party, key or removal without it, so the relay can neither invent a region nor swap a key.
 */
export class RegionRegister {
  @Equals(1) v: 1;
  /** Rises with every change; nobody goes back to a lower one. */
  @IsCount(1) version: number;
  @IsMoment() issuedAt: string;
  /** The key epoch in force. */
  @IsCount(1) epoch: number;
  /** How many key holders an evaluation takes. */
  @IsCount(2, 15) threshold: number;
  @IsOne(() => RegisteredRelay) relay: RegisteredRelay;
  @AreObjects(() => RegisteredKeyHolder, 15) keyHolders: RegisteredKeyHolder[];
  @AreObjects(() => RegisteredRegion, 500) regions: RegisteredRegion[];
}

/** The register as it travels: the exact JSON text, and the coordinator's signature over it. */
export class SignedRegister {
  @IsString() document: string;
  @IsBase64UrlOf(64) signature: string;
}

/** Signs a register with the coordinator's key. @throws InvalidMessage when its readers would refuse it */
export function signRegister(coordinator: Signer, register: RegionRegister): SignedRegister {
  mustBeValid(RegionRegister, register);
  const document = JSON.stringify(register);
  return { document, signature: coordinator.sign('register', Buffer.from(document, 'utf8')) };
}

/** The register is not the coordinator's, does not hold together, or is not one that this party can take. */
export class UntrustedRegister extends Error {
  override name = 'UntrustedRegister';
  constructor(
    readonly reason: 'not-signed' | 'malformed' | 'other-relay' | 'older',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Opens a signed register, and reads it without members that this release does not know.
 * @param coordinatorKey the pinned public key of the national coordinator
 * @throws UntrustedRegister when the signature is not the coordinator's, the content is malformed or of a later major version
 */
export function openRegister(
  coordinatorKey: string,
  signed: SignedRegister,
  wire: Wire = WIRE,
): RegionRegister {
  const bytes = Buffer.from(signed.document, 'utf8');
  if (!isSignedBy(coordinatorKey, 'register', bytes, signed.signature))
    throw new UntrustedRegister('not-signed', 'not signed by the coordinator');
  try {
    return parse(RegionRegister, bytes, unknownMembersOf(wire));
  } catch (error) {
    if (error instanceof MalformedMessage)
      throw new UntrustedRegister('malformed', `malformed: ${error.message}`);
    throw error;
  }
}

/**
 * The lowest form that says all that a register says: with members that the class does not have, it takes a reader that drops them.
 * @param document the signed JSON text
 */
export function formOfRegister(document: string): RegisterForm {
  try {
    parse(RegionRegister, Buffer.from(document, 'utf8'));
    return 'register/1.0';
  } catch (error) {
    if (error instanceof MalformedMessage) return 'register/1.1';
    throw error;
  }
}

/** The region, if it takes part at present. A suspended or removed region is nobody. */
export const admittedRegion = (register: RegionRegister, id: string): RegisteredRegion | undefined =>
  register.regions.find((region) => region.id === id && region.state === 'admitted');
