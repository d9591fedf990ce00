import { inspect } from 'node:util';

/** Secret bytes of a fixed length that print as the name of their class wherever a value may be printed. */
export abstract class MaskedBytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, length: number) {
    if (bytes.length !== length) throw new RangeError(`expected ${length} bytes`);
    this.#bytes = Uint8Array.from(bytes);
  }

  /** A copy of the bytes, for the subclass to reveal under a name that says so. */
  protected copy(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  toString(): string {
    return `[${this.constructor.name}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
