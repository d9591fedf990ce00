import { createHash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import {
  assertBatch,
  assertIndices,
  MAX_BATCH,
  type BlindedInput,
  type Evaluation,
  type OprfSuite,
  type PartialEvaluation,
  type ScalarSource,
} from './oprf-suite.js';

const SUITE = Buffer.from('OPRFV1-\x01-ristretto255-SHA512');
const HASH_TO_GROUP = Buffer.concat([Buffer.from('HashToGroup-'), SUITE]);
const HASH_TO_SCALAR = Buffer.concat([Buffer.from('HashToScalar-'), SUITE]);
const SEED = Buffer.concat([Buffer.from('Seed-'), SUITE]);
const MAX_INPUT = 0xffff;

/**
 * {@link OprfSuite} on libsodium, the one that runs in production: RFC 9497 §7 wants evaluation and proof in constant
 * time, and libsodium's arithmetic on secrets is.
 */
export class SodiumOprf implements OprfSuite {
  private constructor(private readonly randomScalar: ScalarSource) {}

  /** Waits for libsodium's WebAssembly, without which none of its functions exist. */
  static async load(
    randomScalar: ScalarSource = () => sodium.crypto_core_ristretto255_scalar_random(),
  ): Promise<SodiumOprf> {
    await sodium.ready;
    return new SodiumOprf(randomScalar);
  }

  blind(input: Uint8Array): BlindedInput {
    assertInput(input);
    const blind = this.randomScalar();
    const point = sodium.crypto_core_ristretto255_from_hash(expandMessage(input, HASH_TO_GROUP));
    return { blind, element: multiply(blind, point) };
  }

  evaluate(share: Uint8Array, publicShare: Uint8Array, elements: Uint8Array[]): Evaluation {
    assertBatch(elements, isElement);
    if (!isScalar(share)) throw new RangeError('share is not a canonical non-zero scalar');
    if (!isElement(publicShare)) throw new RangeError('public share is not a valid element');
    const evaluated = elements.map((element) => multiply(share, element));
    const composite = weightedSum(elements, weights(publicShare, elements, evaluated));
    const compositeEvaluated = multiply(share, composite);
    const nonce = this.randomScalar();
    const c = challenge(
      publicShare,
      composite,
      compositeEvaluated,
      sodium.crypto_scalarmult_ristretto255_base(nonce),
      multiply(nonce, composite),
    );
    const s = sodium.crypto_core_ristretto255_scalar_sub(
      nonce,
      sodium.crypto_core_ristretto255_scalar_mul(c, share),
    );
    return { evaluated, proof: Buffer.concat([c, s]) };
  }

  verify(
    publicShare: Uint8Array,
    elements: Uint8Array[],
    evaluated: Uint8Array[],
    proof: Uint8Array,
  ): boolean {
    if (elements.length === 0 || elements.length > MAX_BATCH || evaluated.length !== elements.length)
      return false;
    if (![publicShare, ...elements, ...evaluated].every(isElement)) return false;
    const c = proof.subarray(0, 32);
    const s = proof.subarray(32);
    if (!isScalar(c) || !isScalar(s)) return false;
    const weight = weights(publicShare, elements, evaluated);
    const composite = weightedSum(elements, weight);
    const compositeEvaluated = weightedSum(evaluated, weight);
    const expected = challenge(
      publicShare,
      composite,
      compositeEvaluated,
      add(sodium.crypto_scalarmult_ristretto255_base(s), multiply(c, publicShare)),
      add(multiply(s, composite), multiply(c, compositeEvaluated)),
    );
    return sodium.memcmp(c, expected);
  }

  combine(parts: PartialEvaluation[]): Uint8Array {
    assertIndices(parts);
    const indices = parts.map(({ index }) => index);
    return weightedSum(
      parts.map(({ element }) => element),
      indices.map((index) => lagrange(index, indices)),
    );
  }

  finalize(input: Uint8Array, blind: Uint8Array, combined: Uint8Array): Uint8Array {
    assertInput(input);
    const unblinded = multiply(sodium.crypto_core_ristretto255_scalar_invert(blind), combined);
    return hash(framed(input), framed(unblinded), Buffer.from('Finalize'));
  }
}

function multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array {
  return sodium.crypto_scalarmult_ristretto255(scalar, element);
}

function add(a: Uint8Array, b: Uint8Array): Uint8Array {
  return sodium.crypto_core_ristretto255_add(a, b);
}

/** Σ scalar·element; the scalars are public. */
function weightedSum(elements: Uint8Array[], scalars: Uint8Array[]): Uint8Array {
  return elements.map((element, i) => multiply(scalars[i]!, element)).reduce(add);
}

/** λ of `index` at zero: Π j / (j − index) over the other indices. */
function lagrange(index: number, indices: number[]): Uint8Array {
  return indices
    .filter((other) => other !== index)
    .map((other) => {
      const j = smallScalar(other);
      const distance = sodium.crypto_core_ristretto255_scalar_sub(j, smallScalar(index));
      const inverse = sodium.crypto_core_ristretto255_scalar_invert(distance);
      return sodium.crypto_core_ristretto255_scalar_mul(j, inverse);
    })
    .reduce((product, factor) => sodium.crypto_core_ristretto255_scalar_mul(product, factor), smallScalar(1));
}

function smallScalar(value: number): Uint8Array {
  const bytes = Buffer.alloc(32);
  bytes.writeUIntLE(value, 0, 6);
  return bytes;
}

/** The weights d_i that fold a batch into one element: ComputeComposites, RFC 9497 §2.2.1. */
function weights(publicShare: Uint8Array, elements: Uint8Array[], evaluated: Uint8Array[]): Uint8Array[] {
  const seed = hash(framed(publicShare), framed(SEED));
  return elements.map((element, i) =>
    hashToScalar(framed(seed), uint16(i), framed(element), framed(evaluated[i]!), Buffer.from('Composite')),
  );
}

function challenge(...elements: Uint8Array[]): Uint8Array {
  return hashToScalar(...elements.map(framed), Buffer.from('Challenge'));
}

function hashToScalar(...message: Uint8Array[]): Uint8Array {
  return sodium.crypto_core_ristretto255_scalar_reduce(expandMessage(Buffer.concat(message), HASH_TO_SCALAR));
}

/** expand_message_xmd of RFC 9380 §5.3.1 for SHA-512 and 64 B, so that one block is enough. */
function expandMessage(message: Uint8Array, domain: Uint8Array): Uint8Array {
  const suffix = Buffer.concat([domain, Uint8Array.of(domain.length)]);
  const first = hash(Buffer.alloc(128), message, uint16(64), Uint8Array.of(0), suffix);
  return hash(first, Uint8Array.of(1), suffix);
}

function hash(...parts: Uint8Array[]): Uint8Array {
  const sha512 = createHash('sha512');
  for (const part of parts) sha512.update(part);
  return sha512.digest();
}

function framed(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Uint8Array {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** libsodium calls the identity (all zero) valid; RFC 9497 §3.3 forbids it on the wire. */
function isElement(bytes: Uint8Array): boolean {
  return (
    bytes.length === 32 && !sodium.is_zero(bytes) && sodium.crypto_core_ristretto255_is_valid_point(bytes)
  );
}

/** libsodium ignores the top bit and reduces silently, so a second encoding of one scalar must be refused here. */
function isScalar(bytes: Uint8Array): boolean {
  if (bytes.length !== 32 || sodium.is_zero(bytes)) return false;
  const wide = Buffer.concat([bytes, Buffer.alloc(32)]);
  return sodium.memcmp(bytes, sodium.crypto_core_ristretto255_scalar_reduce(wide));
}

function assertInput(input: Uint8Array): void {
  if (input.length > MAX_INPUT) throw new RangeError(`input is longer than ${MAX_INPUT} bytes`);
}
