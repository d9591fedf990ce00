import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  validateSync,
  ValidateNested,
  type ValidationError,
} from 'class-validator';
import { PARTY_ID } from './subjects.js';

/** A message that does not say what its type promises. Carries the paths of the wrong fields, never their values. */
export class MalformedMessage extends Error {
  override name = 'MalformedMessage';
}

/** Makes a validated instance of `type` from parsed JSON. @throws MalformedMessage naming the fields that are wrong or unknown. */
export function instanceOf<T extends object>(type: new () => T, plain: unknown): T {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain))
    throw new MalformedMessage('not an object');
  let instance: T;
  let errors: ValidationError[];
  try {
    instance = plainToInstance(type, plain);
    errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
    });
  } catch {
    // nested so deep that the stack does not suffice
    throw new MalformedMessage('not readable');
  }
  if (errors.length > 0) throw new MalformedMessage(errors.map((error) => error.property).join(', '));
  return instance;
}

/** Parses JSON bytes into a validated instance. @throws MalformedMessage */
export function parse<T extends object>(type: new () => T, bytes: Uint8Array): T {
  let plain: unknown;
  try {
    plain = JSON.parse(Buffer.from(bytes).toString('utf8'), withoutPrototypes);
  } catch {
    throw new MalformedMessage('not JSON');
  }
  return instanceOf(type, plain);
}

/** Refuses the keys by which an object gets another prototype: class-transformer passes over them, so they would not be missed. */
function withoutPrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor') throw new SyntaxError('a key that no message has');
  return value;
}

const all = (...decorators: PropertyDecorator[]): PropertyDecorator => {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
};

/** Base64url text of exactly `bytes` bytes; with `each`, an array of such. */
export const IsBase64UrlOf = (bytes: number, each?: { each: true }): PropertyDecorator =>
  all(IsString(each), Matches(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), each));

/**
 * A whole number from `least`. At most what the databases of all parties hold as an integer: a larger one would be refused where it is
 * stored, which may be at somebody who cannot do without the message.
 */
export const IsCount = (least: number, most = 2_147_483_647): PropertyDecorator =>
  all(IsInt(), Min(least), Max(most));

/** A place in an order from `least`; kept as a 64-bit integer. */
export const IsPlace = (least: number): PropertyDecorator => IsCount(least, Number.MAX_SAFE_INTEGER);

/** An incarnation from `least`: never so high that there is none after it. */
export const IsIncarnation = (least: number): PropertyDecorator => IsCount(least, 1_000_000_000);

/** A moment in UTC, as `2026-09-01T09:30:00.000Z`. */
export const IsMoment = (): PropertyDecorator =>
  all(IsISO8601({ strict: true }), Matches(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,3})?Z$/));

/** One object of a class of its own. Without `IsObject` an empty list would pass for it. */
export const IsOne = (type: () => new () => object): PropertyDecorator =>
  all(IsObject(), ValidateNested(), Type(type));

/** A list of at most `most` objects of a class of their own. */
export const AreObjects = (type: () => new () => object, most: number): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(most), IsObject({ each: true }), ValidateNested({ each: true }), Type(type));

/** The name of a region, relay or key holder. */
export const IsPartyId = (): PropertyDecorator => all(IsString(), Matches(PARTY_ID));

/** What mail programs make a link of: `://`, `www.`, and an address with a path (`voorbeeld.example/`). */
const LINK = String.raw`.*(?:://|www\.|[\p{L}\d]\.[\p{L}]{2,}/)`;

/**
 * Text for people that may end in mails of others: no control characters, line and paragraph separators, angle brackets or links.
 */
export const PLAIN_TEXT = new RegExp(String.raw`^(?!${LINK})[^\p{C}\p{Zl}\p{Zp}<>]*$`, 'isu');

/** A line of plain text for people, of 1 to `maximum` characters. */
export const IsPlainLine = (maximum: number): PropertyDecorator =>
  all(IsString(), Matches(PLAIN_TEXT), MinLength(1), MaxLength(maximum));

const NAME_PART = String.raw`(?:CN|SERIALNUMBER|C|L|ST|STREET|O|OU|POSTALCODE|DC)=(?:[^\p{C}\p{Zl}\p{Zp}\\,+"<>;=#]|\\[,+"<>;=#\\ ])+`;

/**
 * The subject of the certificate with which a party joins the hub, as text (RFC 4514): `CN=rijnmond,O=Voorbeeld`. The hub knows
 * no other attributes than these, and lets a certificate that has more pass for the party as well, so a subject must hold
 * what the authority gives to one party only.
 */
export const IsCertificateSubject = (): PropertyDecorator =>
  all(IsString(), Matches(new RegExp(`^(?=.{1,512}$)${NAME_PART}(?:,${NAME_PART})*$`, 'iu')));
