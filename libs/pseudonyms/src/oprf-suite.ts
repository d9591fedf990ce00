/** The largest number of elements in one evaluation request. */
export const MAX_BATCH = 32;

/** A blinded input: the secret `blind` (scalar, 32 B) stays with the asker, the `element` (32 B) goes to the key holders. */
export interface BlindedInput {
  blind: Uint8Array;
  element: Uint8Array;
}

/** A key holder's answer to a batch: one element (32 B) per element asked, and one DLEQ proof (64 B) for all of them. */
export interface Evaluation {
  evaluated: Uint8Array[];
  proof: Uint8Array;
}

/** The evaluated element (32 B) of one key holder; `index` is its number in the key ceremony, 1..n. */
export interface PartialEvaluation {
  index: number;
  element: Uint8Array;
}

/** Gives a uniform non-zero scalar (32 B, little-endian) at every call; tests replace it to reproduce published vectors. */
export type ScalarSource = () => Uint8Array;

/**
 * The verifiable oblivious pseudorandom function of RFC 9497, mode 0x01, suite ristretto255-SHA512, with the key
 * shared among holders (2HashDH with Lagrange interpolation in the exponent).
 * Elements and scalars are 32 B in the encoding of RFC 9496; any t holders together give the output of the single-key RFC.
 */
export interface OprfSuite {
  /** Hides `input` (at most 65,535 B) under a fresh blind. RFC 9497 §3.3.1. */
  blind(input: Uint8Array): BlindedInput;
  /**
   * Multiplies every element by the holder's share and proves it against `publicShare`. RFC 9497 §3.3.2.
   * Throws {@link ElementsRejected} for 0 or more than {@link MAX_BATCH} elements and for an invalid or identity element.
   */
  evaluate(share: Uint8Array, publicShare: Uint8Array, elements: Uint8Array[]): Evaluation;
  /** Tells whether `proof` shows that all of `evaluated` came from the share behind `publicShare`; malformed data is false. RFC 9497 §2.2.2. */
  verify(
    publicShare: Uint8Array,
    elements: Uint8Array[],
    evaluated: Uint8Array[],
    proof: Uint8Array,
  ): boolean;
  /** Interpolates the answers of exactly t holders to the element the whole key would have given; verify them first. */
  combine(parts: PartialEvaluation[]): Uint8Array;
  /** Takes the blind off and hashes: the output, 64 B. RFC 9497 §3.3.1. */
  finalize(input: Uint8Array, blind: Uint8Array, combined: Uint8Array): Uint8Array;
}

/** Says why a batch of elements is not evaluated; carries no element. */
export class ElementsRejected extends Error {
  constructor(readonly reason: 'empty' | 'too-many' | 'invalid-element') {
    super(`elements rejected: ${reason}`);
    this.name = 'ElementsRejected';
  }
}

/** Throws {@link ElementsRejected} unless there are 1 to {@link MAX_BATCH} elements and `isElement` accepts each. */
export function assertBatch(elements: Uint8Array[], isElement: (bytes: Uint8Array) => boolean): void {
  if (elements.length === 0) throw new ElementsRejected('empty');
  if (elements.length > MAX_BATCH) throw new ElementsRejected('too-many');
  if (!elements.every(isElement)) throw new ElementsRejected('invalid-element');
}

/** Throws unless the indices are distinct whole numbers from 1: two equal ones have no interpolation. */
export function assertIndices(parts: PartialEvaluation[]): void {
  const indices = new Set(parts.map(({ index }) => index));
  const valid = parts.every(({ index }) => Number.isSafeInteger(index) && index >= 1);
  if (parts.length === 0 || !valid || indices.size !== parts.length) {
    throw new RangeError('key holder indices must be distinct whole numbers from 1');
  }
}
