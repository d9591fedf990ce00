import { inspect } from 'node:util';

/** The text is no citizen service number. The message never repeats what was given. */
export class InvalidBsn extends Error {
  override name = 'InvalidBsn';

  constructor() {
    super('not a valid BSN');
  }
}

const MASK = '[Bsn]';

/** The factors of the 11-test (elfproef); the last one is negative, unlike the one of bank accounts. */
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/**
 * A citizen service number (burgerservicenummer) that passes the 11-test.
 *
 * It masks itself wherever it is turned into text (template, JSON, inspect); only `revealDigits` shows the number.
 * The person register itself checks nine digits only, so the 11-test has to be done on this side.
 */
export class Bsn {
  readonly #digits: string;

  private constructor(digits: string) {
    this.#digits = digits;
  }

  /**
   * Reads nine digits, or eight that miss the leading zero.
   * @throws InvalidBsn for anything else: other characters, a failed 11-test, nothing but zeros.
   */
  static parse(text: string): Bsn {
    if (!/^\d{8,9}$/.test(text)) throw new InvalidBsn();
    const digits = text.padStart(9, '0');
    const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
    if (sum % 11 !== 0 || /^0+$/.test(digits)) throw new InvalidBsn();
    return new Bsn(digits);
  }

  /** The nine digits in the clear: for the person register, sealing and blinding only. */
  revealDigits(): string {
    return this.#digits;
  }

  equals(other: Bsn): boolean {
    return this.#digits === other.#digits;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
