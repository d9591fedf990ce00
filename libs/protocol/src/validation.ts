import { plainToInstance } from 'class-transformer';
import { IsString, Matches, validateSync } from 'class-validator';
import { PARTY_ID } from './subjects.js';

/** A message that does not say what its type promises. Carries the paths of the wrong fields, never their values. */
export class MalformedMessage extends Error {
  override name = 'MalformedMessage';
}

/** Makes a validated instance of `type` from parsed JSON. @throws MalformedMessage naming the fields that are wrong or unknown. */
export function instanceOf<T extends object>(type: new () => T, plain: unknown): T {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain))
    throw new MalformedMessage('not an object');
  const instance = plainToInstance(type, plain);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (errors.length > 0) throw new MalformedMessage(errors.map((error) => error.property).join(', '));
  return instance;
}

/** Parses JSON bytes into a validated instance. @throws MalformedMessage */
export function parse<T extends object>(type: new () => T, bytes: Uint8Array): T {
  let plain: unknown;
  try {
    plain = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new MalformedMessage('not JSON');
  }
  return instanceOf(type, plain);
}

/** Base64url text of exactly `bytes` bytes; with `each`, an array of such. */
export const IsBase64UrlOf =
  (bytes: number, each?: { each: true }): PropertyDecorator =>
  (target, property) => {
    IsString(each)(target, property);
    Matches(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), each)(target, property);
  };

/** The name of a region, relay or key holder. */
export const IsPartyId = (): PropertyDecorator => (target, property) => {
  IsString()(target, property);
  Matches(PARTY_ID)(target, property);
};

const NAME_PART = String.raw`(?:CN|SERIALNUMBER|C|L|ST|STREET|O|OU|POSTALCODE|DC)=(?:[^\p{C}\\,+"<>;=#]|\\[,+"<>;=#\\ ])+`;

/**
 * The subject of the certificate with which a party joins the hub, as text (RFC 4514): `CN=rijnmond,O=Voorbeeld`. The hub knows
 * no other attributes than these, and lets a certificate that has more pass for the party as well, so a subject must hold
 * what the authority gives to one party only.
 */
export const IsCertificateSubject = (): PropertyDecorator => (target, property) => {
  IsString()(target, property);
  Matches(new RegExp(`^(?=.{1,512}$)${NAME_PART}(?:,${NAME_PART})*$`, 'iu'))(target, property);
};

/** A line of text for people: of limited length, without control characters, angle brackets or links, since it ends in mails of others. */
export const IsPlainLine =
  (maximum: number): PropertyDecorator =>
  (target, property) => {
    IsString()(target, property);
    Matches(new RegExp(`^(?!.*(?:://|www\\.))[^\\p{C}<>]{1,${maximum}}$`, 'iu'))(target, property);
  };
