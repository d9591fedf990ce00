import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js';
import {
  ElementsRejected,
  MAX_BATCH,
  NobleOprf,
  SodiumOprf,
  type OprfSuite,
  type ScalarSource,
} from './index.js';
import { dealtKey, evaluateWhole } from './whole-key.fixture.js';

interface RfcVectors {
  seed: string;
  keyInfo: string;
  secretKey: string;
  publicKey: string;
  vectors: {
    section: string;
    inputs: string[];
    blinds: string[];
    blinded: string[];
    evaluated: string[];
    proof: string;
    proofScalar: string;
    outputs: string[];
  }[];
}

const rfc = JSON.parse(
  readFileSync(new URL('../vectors/rfc9497-ristretto255-voprf.json', import.meta.url), 'utf8'),
) as RfcVectors;
const { voprf } = ristretto255_oprf;
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
/** The group order, the second encoding of zero. */
const ORDER = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

const providers: [string, (scalars?: ScalarSource) => Promise<OprfSuite>][] = [
  ['SodiumOprf', (scalars) => SodiumOprf.load(scalars)],
  ['NobleOprf', async (scalars) => new NobleOprf(scalars)],
];

describe.each(providers)('%s', (_, load) => {
  let suite: OprfSuite;
  beforeAll(async () => {
    suite = await load();
  });

  describe.each(rfc.vectors)('at RFC 9497 $section', (vector) => {
    it('blinds, evaluates, proves and finalises to the published bytes', async () => {
      const scalars = [...vector.blinds, vector.proofScalar].map(bytes);
      const scripted = await load(() => scalars.shift()!);
      const inputs = vector.inputs.map(bytes);

      const blinded = inputs.map((input) => scripted.blind(input));
      expect(blinded.map(({ element }) => hex(element))).toEqual(vector.blinded);

      const answer = scripted.evaluate(
        bytes(rfc.secretKey),
        bytes(rfc.publicKey),
        blinded.map(({ element }) => element),
      );
      expect(answer.evaluated.map(hex)).toEqual(vector.evaluated);
      expect(hex(answer.proof)).toBe(vector.proof);

      const outputs = inputs.map((input, i) =>
        scripted.finalize(input, blinded[i]!.blind, answer.evaluated[i]!),
      );
      expect(outputs.map(hex)).toEqual(vector.outputs);
    });

    it('verifies the published proof and no other', () => {
      const elements = vector.blinded.map(bytes);
      const evaluated = vector.evaluated.map(bytes);
      const proof = bytes(vector.proof);
      expect(suite.verify(bytes(rfc.publicKey), elements, evaluated, proof)).toBe(true);
      for (const position of [0, 31, 32, 63]) {
        const altered = Uint8Array.from(proof);
        altered[position]! ^= 1;
        expect(suite.verify(bytes(rfc.publicKey), elements, evaluated, altered)).toBe(false);
      }
    });
  });

  it('derives the RFC public key from the RFC seed, so the vectors belong together', () => {
    const keys = voprf.deriveKeyPair(bytes(rfc.seed), bytes(rfc.keyInfo));
    expect([hex(keys.secretKey), hex(keys.publicKey)]).toEqual([rfc.secretKey, rfc.publicKey]);
  });

  it('blinds the same input differently every time', () => {
    const input = randomBytes(20);
    expect(hex(suite.blind(input).element)).not.toBe(hex(suite.blind(input).element));
  });

  it('gives the single-key output for every subset of enough holders, and another for too few', () => {
    for (const [threshold, holders] of [
      [2, 3],
      [3, 5],
    ] as const) {
      const key = dealtKey(threshold, holders);
      const input = randomBytes(24);
      const expected = hex(evaluateWhole(key.whole, input));
      const output = (indices: number[]) => {
        const { blind, element } = suite.blind(input);
        const parts = indices.map((index) => {
          const share = key.shares[index - 1]!;
          const publicShare = key.publicShares[index - 1]!;
          const { evaluated, proof } = suite.evaluate(share, publicShare, [element]);
          expect(suite.verify(publicShare, [element], evaluated, proof)).toBe(true);
          return { index, element: evaluated[0]! };
        });
        return hex(suite.finalize(input, blind, suite.combine(parts)));
      };
      for (const indices of subsets(holders, threshold)) {
        expect(output(indices)).toBe(expected);
        expect(output([...indices].reverse())).toBe(expected);
        expect(output(indices.slice(1))).not.toBe(expected);
      }
    }
  });

  describe('asked to evaluate', () => {
    const { secretKey, publicKey } = voprf.generateKeyPair();
    const reason = (elements: Uint8Array[]) => {
      try {
        suite.evaluate(secretKey, publicKey, elements);
      } catch (error) {
        return error instanceof ElementsRejected ? error.reason : error;
      }
      return 'accepted';
    };
    const batch = (size: number) => Array.from({ length: size }, () => suite.blind(randomBytes(8)).element);

    it('accepts 32 elements and rejects none and 33', () => {
      expect(reason(batch(MAX_BATCH))).toBe('accepted');
      expect(reason(batch(MAX_BATCH + 1))).toBe('too-many');
      expect(reason([])).toBe('empty');
    });

    it.each([
      ['the identity', new Uint8Array(32)],
      ['bytes that are no point', new Uint8Array(32).fill(0xff)],
      ['a negative encoding', bytes('01'.padEnd(64, '0'))],
      ['31 bytes', randomBytes(31)],
      ['33 bytes', randomBytes(33)],
    ])('rejects %s, also in the middle of a batch', (__, element) => {
      const [first, last] = batch(2) as [Uint8Array, Uint8Array];
      expect(reason([element])).toBe('invalid-element');
      expect(reason([first, element, last])).toBe('invalid-element');
    });

    it('refuses a share that is zero or not reduced', () => {
      for (const share of [new Uint8Array(32), ORDER, new Uint8Array(32).fill(0xff)]) {
        expect(() => suite.evaluate(share, publicKey, batch(1))).toThrow();
      }
    });
  });

  describe('asked to verify', () => {
    const mine = voprf.generateKeyPair();
    const other = voprf.generateKeyPair();
    let elements: Uint8Array[];
    let evaluated: Uint8Array[];
    let proof: Uint8Array;
    beforeAll(() => {
      elements = [0, 1, 2].map(() => suite.blind(randomBytes(8)).element);
      ({ evaluated, proof } = suite.evaluate(mine.secretKey, mine.publicKey, elements));
    });
    const verdict = (changed: {
      key?: Uint8Array;
      elements?: Uint8Array[];
      evaluated?: Uint8Array[];
      proof?: Uint8Array;
    }) =>
      suite.verify(
        changed.key ?? mine.publicKey,
        changed.elements ?? elements,
        changed.evaluated ?? evaluated,
        changed.proof ?? proof,
      );

    it('accepts an honest answer', () => {
      expect(verdict({})).toBe(true);
    });

    it('rejects a forged element, swapped elements and a missing one', () => {
      const forged = ristretto255.Point.BASE.multiply(5n).toBytes();
      expect(verdict({ evaluated: [forged, ...evaluated.slice(1)] })).toBe(false);
      expect(verdict({ evaluated: [evaluated[1]!, evaluated[0]!, evaluated[2]!] })).toBe(false);
      expect(verdict({ evaluated: evaluated.slice(1) })).toBe(false);
      expect(verdict({ elements: elements.slice(1), evaluated: evaluated.slice(1) })).toBe(false);
      expect(verdict({ elements: [], evaluated: [] })).toBe(false);
    });

    it('rejects a swapped key, on the side of the asker as well as of the holder', () => {
      expect(verdict({ key: other.publicKey })).toBe(false);
      expect(verdict(suite.evaluate(other.secretKey, mine.publicKey, elements))).toBe(false);
      expect(verdict(suite.evaluate(other.secretKey, other.publicKey, elements))).toBe(false);
    });

    it('rejects identity points and malformed proofs without throwing', () => {
      const identity = new Uint8Array(32);
      expect(verdict({ key: identity })).toBe(false);
      expect(verdict({ evaluated: [identity, ...evaluated.slice(1)] })).toBe(false);
      expect(verdict({ elements: [identity, ...elements.slice(1)] })).toBe(false);
      const c = proof.subarray(0, 32);
      const s = proof.subarray(32);
      for (const malformed of [
        new Uint8Array(),
        new Uint8Array(64),
        proof.subarray(0, 63),
        Buffer.concat([proof, Buffer.alloc(1)]),
        Buffer.concat([c, plusOrder(s)]),
        Buffer.concat([plusOrder(c), s]),
      ]) {
        expect(verdict({ proof: malformed })).toBe(false);
      }
    });
  });

  it('combines only answers with distinct indices from 1', () => {
    const element = ristretto255.Point.BASE.toBytes();
    for (const indices of [[], [0, 1], [1, 1], [1.5, 2], [-1, 2]]) {
      expect(() => suite.combine(indices.map((index) => ({ index, element })))).toThrow(RangeError);
    }
  });

  it('refuses an input longer than the RFC allows', () => {
    expect(() => suite.blind(new Uint8Array(0x10000))).toThrow();
    expect(suite.blind(new Uint8Array(0xffff)).element).toHaveLength(32);
  });
});

describe('SodiumOprf and NobleOprf', () => {
  it('agree on 200 random inputs, each verifying what the other proved', async () => {
    const sodium = await SodiumOprf.load();
    const noble = new NobleOprf();
    for (let done = 0; done < 200;) {
      const { secretKey, publicKey } = voprf.generateKeyPair();
      const inputs = Array.from({ length: randomInt(1, MAX_BATCH + 1) }, () =>
        randomBytes(randomInt(0, 200)),
      );
      const [asker, holder] = done % 2 === 0 ? [sodium, noble] : [noble, sodium];
      const blinded = inputs.map((input) => asker.blind(input));
      const elements = blinded.map(({ element }) => element);
      const answer = holder.evaluate(secretKey, publicKey, elements);
      expect(asker.evaluate(secretKey, publicKey, elements).evaluated.map(hex)).toEqual(
        answer.evaluated.map(hex),
      );
      expect(asker.verify(publicKey, elements, answer.evaluated, answer.proof)).toBe(true);
      inputs.forEach((input, i) => {
        const outputs = [sodium, noble].map((suite) =>
          hex(suite.finalize(input, blinded[i]!.blind, answer.evaluated[i]!)),
        );
        expect(outputs).toEqual(Array(2).fill(hex(evaluateWhole(secretKey, input))));
      });
      const parts = elements.slice(0, 3).map((element, i) => ({ index: i * 40 + 1, element }));
      expect(hex(sodium.combine(parts))).toBe(hex(noble.combine(parts)));
      done += inputs.length;
    }
  });
});

/** All ways to choose `size` of the numbers 1..`count`. */
function subsets(count: number, size: number, from = 1): number[][] {
  if (size === 0) return [[]];
  const chosen: number[][] = [];
  for (let first = from; first <= count; first++) {
    for (const rest of subsets(count, size - 1, first + 1)) chosen.push([first, ...rest]);
  }
  return chosen;
}

/** The same scalar in a second, forbidden encoding. */
function plusOrder(scalar: Uint8Array): Uint8Array {
  let carry = 0;
  return Uint8Array.from(scalar, (byte, i) => {
    const sum = byte + ORDER[i]! + carry;
    carry = sum >> 8;
    return sum & 0xff;
  });
}
