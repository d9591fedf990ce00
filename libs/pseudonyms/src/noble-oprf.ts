import { randomBytes } from 'node:crypto';
import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js';
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

const { Point } = ristretto255;
const { Fn } = Point;
const { oprf, voprf } = ristretto255_oprf;
type Random = (length?: number) => Uint8Array<ArrayBuffer>;

/**
 * {@link OprfSuite} on @noble/curves, the independent second opinion of the tests: 4 to 11 times slower, and its
 * multiplication of a secret with an arbitrary element is not constant time, so no key holder runs it.
 */
export class NobleOprf implements OprfSuite {
  private readonly random: Random;

  constructor(randomScalar?: ScalarSource) {
    this.random = randomScalar
      ? scalarBytes(randomScalar)
      : (length) => new Uint8Array(randomBytes(length ?? 32));
  }

  blind(input: Uint8Array): BlindedInput {
    const { blind, blinded } = voprf.blind(input, this.random);
    return { blind, element: blinded };
  }

  evaluate(share: Uint8Array, publicShare: Uint8Array, elements: Uint8Array[]): Evaluation {
    assertBatch(elements, isElement);
    return voprf.blindEvaluateBatch(share, publicShare, elements, this.random);
  }

  verify(
    publicShare: Uint8Array,
    elements: Uint8Array[],
    evaluated: Uint8Array[],
    proof: Uint8Array,
  ): boolean {
    if (elements.length === 0 || elements.length > MAX_BATCH || evaluated.length !== elements.length)
      return false;
    const input = new Uint8Array();
    const blind = Fn.toBytes(Fn.ONE);
    try {
      // The library verifies only on the way to an output, so it gets inputs and blinds whose output nobody reads.
      voprf.finalizeBatch(
        elements.map((blinded, i) => ({ input, blind, blinded, evaluated: evaluated[i]! })),
        publicShare,
        proof,
      );
      return true;
    } catch {
      return false;
    }
  }

  combine(parts: PartialEvaluation[]): Uint8Array {
    assertIndices(parts);
    const indices = parts.map(({ index }) => BigInt(index));
    return parts
      .map(({ element }, i) => Point.fromBytes(element).multiplyUnsafe(lagrange(indices[i]!, indices)))
      .reduce((sum, term) => sum.add(term))
      .toBytes();
  }

  finalize(input: Uint8Array, blind: Uint8Array, combined: Uint8Array): Uint8Array {
    // The final hash of RFC 9497 is the same in all modes; only the base mode offers it without a proof.
    return oprf.finalize(input, blind, combined);
  }
}

function lagrange(index: bigint, indices: bigint[]): bigint {
  return indices
    .filter((other) => other !== index)
    .reduce((product, other) => Fn.mul(product, Fn.div(other, Fn.sub(other, index))), Fn.ONE);
}

function isElement(bytes: Uint8Array): boolean {
  try {
    return !Point.fromBytes(bytes).is0();
  } catch {
    return false;
  }
}

/** The library maps random bytes x to the scalar x mod (order − 1) + 1, so these bytes make it choose a given scalar. */
function scalarBytes(source: ScalarSource): Random {
  return (length = 32) => {
    const bytes = new Uint8Array(length);
    bytes.set(Fn.toBytes(Fn.sub(Fn.fromBytes(source()), Fn.ONE)));
    return bytes;
  };
}
