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
  ValidationTypes,
  getMetadataStorage,
  validateSync,
  ValidateNested,
  type ValidationError,
} from 'class-validator';
import { PARTY_ID } from './subjects.js';

/** A message that does not say what its type promises. Carries the paths of the wrong fields, never their values. */
export class MalformedMessage extends Error {
  override name = 'MalformedMessage';
}

/**
 * What becomes of members that a class does not have. `refused`: they make the whole malformed. `dropped`: the rest is read without them, so
 * that a sender may know more than its receiver.
 */
export type UnknownMembers = 'refused' | 'dropped';

/** Makes a validated instance of `type` from parsed JSON. @throws MalformedMessage naming the paths of wrong fields. */
export function instanceOf<T extends object>(
  type: new () => T,
  plain: unknown,
  unknownMembers: UnknownMembers = 'refused',
): T {
  const { instance, errors } = validated(type, plain, unknownMembers);
  if (errors.length > 0) throw new MalformedMessage(errors.flatMap((error) => pathsOf(error)).join(', '));
  return instance;
}

/** Parses JSON bytes into a validated instance. @throws MalformedMessage */
export function parse<T extends object>(
  type: new () => T,
  bytes: Uint8Array,
  unknownMembers: UnknownMembers = 'refused',
): T {
  return instanceOf(type, fromJson(bytes), unknownMembers);
}

/** What could be read of a document, and the paths of the parts that could not. */
export interface ReadableParts<T> {
  document: T;
  unreadable: string[];
}

/**
 * Parses JSON bytes, without members that the class does not have, optional members that are wrong, and wrong elements of lists of objects.
 * @throws MalformedMessage when something is wrong that the document cannot do without
 */
export function parseReadable<T extends object>(type: new () => T, bytes: Uint8Array): ReadableParts<T> {
  const { instance, errors } = validated(type, fromJson(bytes), 'dropped');
  const unreadable = errors.flatMap((error) => {
    const paths = pathsOf(error);
    if (!prune(instance, error)) throw new MalformedMessage(paths.join(', '));
    return paths;
  });
  return { document: instance, unreadable };
}

/** A message or document of our own that its receiver would refuse: a mistake of this program. Carries paths, never values. */
export class InvalidMessage extends Error {
  override name = 'InvalidMessage';
  constructor(
    /** Name of the class that it does not fit. */
    readonly className: string,
    readonly fields: string,
  ) {
    super(`${className}: ${fields}`);
  }
}

/** Checks what is about to be sent with the class by which its receiver reads it. @throws InvalidMessage */
export function mustBeValid<T extends object>(type: new () => T, message: T): void {
  try {
    instanceOf(type, JSON.parse(JSON.stringify(message)));
  } catch (error) {
    if (error instanceof MalformedMessage) throw new InvalidMessage(type.name, error.message);
    throw error;
  }
}

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'), withoutPrototypes);
  } catch {
    throw new MalformedMessage('not JSON');
  }
}

function validated<T extends object>(
  type: new () => T,
  plain: unknown,
  unknownMembers: UnknownMembers,
): { instance: T; errors: ValidationError[] } {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain))
    throw new MalformedMessage('not an object');
  try {
    const instance = plainToInstance(type, plain);
    const errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: unknownMembers === 'refused',
      forbidUnknownValues: true,
    });
    return { instance, errors };
  } catch {
    // nested so deep that the stack does not suffice
    throw new MalformedMessage('not readable');
  }
}

/** Where a document is wrong, as `entries.0.phone`. Never what stands there. */
function pathsOf({ property, children = [] }: ValidationError): string[] {
  if (children.length === 0) return [property];
  return children.flatMap((child) => pathsOf(child).map((path) => `${property}.${path}`));
}

/** Removes the smallest optional part that holds what is wrong. @returns false when there is none */
function prune(holder: object, { property, children = [] }: ValidationError): boolean {
  const members = holder as Record<string, unknown>;
  const value = members[property];
  if (Array.isArray(value) && children.length > 0) {
    const wrong = children.filter(({ property: at, children: inside = [] }) => {
      const element: unknown = value[Number(at)];
      return !(isObject(element) && inside.length > 0 && inside.every((error) => prune(element, error)));
    });
    members[property] = value.filter((_, at) => !wrong.some((error) => Number(error.property) === at));
    return true;
  }
  if (isObject(value) && children.length > 0 && children.every((child) => prune(value, child))) return true;
  if (!isOptional(holder, property)) return false;
  delete members[property];
  return true;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether the class of `holder` says `@IsOptional()` of a member. */
const isOptional = (holder: object, property: string): boolean =>
  getMetadataStorage()
    .getTargetValidationMetadatas(holder.constructor, '', false, false)
    .some(
      ({ type, propertyName }) =>
        type === ValidationTypes.CONDITIONAL_VALIDATION && propertyName === property,
    );

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
