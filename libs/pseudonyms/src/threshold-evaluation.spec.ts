import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { MINUTE, SECOND, SettableClock } from '#libs/clock';
import {
  MAX_BATCH,
  NotEnoughKeyHolders,
  personInput,
  SodiumOprf,
  ThresholdEvaluation,
  type AskKeyHolder,
  type KeyHolderFault,
  type ThresholdEvaluationOptions,
} from './index.js';
import { dealtKey, evaluateWhole } from './whole-key.fixture.js';

const HOLDERS = [1, 2, 3];
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
const { whole, shares, publicShares } = dealtKey(2, 3);
const expected = (input: Uint8Array) => hex(evaluateWhole(whole, input));
const inputs = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`input ${i}`));

let suite: SodiumOprf;
beforeAll(async () => {
  suite = await SodiumOprf.load();
});

/** Three holders in this process, of which some behave otherwise. */
function federation(
  otherwise: Partial<Record<number, AskKeyHolder>> = {},
  options: ThresholdEvaluationOptions = {},
) {
  const asked: { holder: number; size: number }[] = [];
  const faults: KeyHolderFault[] = [];
  const clock = new SettableClock(new Date('2026-01-01T00:00:00Z'));
  const ask: AskKeyHolder = async (holder, elements, abortSignal) => {
    asked.push({ holder, size: elements.length });
    const behaviour = otherwise[holder];
    return behaviour
      ? behaviour(holder, elements, abortSignal)
      : suite.evaluate(shares[holder - 1]!, publicShares[holder - 1]!, elements);
  };
  const evaluation = new ThresholdEvaluation(suite, { threshold: 2, publicShares }, ask, clock, {
    patience: 200,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  return { evaluation, asked, faults, clock, otherwise };
}

const down: AskKeyHolder = async () => {
  throw new Error('connection refused');
};
const silent: AskKeyHolder = () => new Promise(() => undefined);
/** Evaluates with a key of its own and proves that honestly: a key swapped without telling. */
const lying: AskKeyHolder = async (_holder, elements) => {
  const own = ristretto255_oprf.voprf.generateKeyPair();
  return suite.evaluate(own.secretKey, own.publicKey, elements);
};
/** Evaluates honestly but replaces one element. */
const forging: AskKeyHolder = async (holder, elements) => {
  const answer = suite.evaluate(shares[holder - 1]!, publicShares[holder - 1]!, elements);
  return { ...answer, evaluated: [elements[0]!, ...answer.evaluated.slice(1)] };
};

describe('ThresholdEvaluation', () => {
  it('gives the single-key output per input, in order, whichever two holders answer', async () => {
    const { evaluation, asked, faults } = federation();
    for (let round = 0; round < 3; round++) {
      const secrets = await evaluation.evaluate(inputs(3));
      expect(secrets.map((secret) => hex(secret.revealBytes()))).toEqual(inputs(3).map(expected));
    }
    const pairs = [0, 2, 4].map((i) => [asked[i]!.holder, asked[i + 1]!.holder].sort().join());
    expect(pairs.sort()).toEqual(['1,2', '1,3', '2,3']);
    expect(faults).toEqual([]);
  });

  it('asks in batches of 32 and nothing at all for nothing', async () => {
    const { evaluation, asked } = federation();
    const secrets = await evaluation.evaluate(inputs(2 * MAX_BATCH + 1));
    expect(secrets.map((secret) => hex(secret.revealBytes()))).toEqual(
      inputs(2 * MAX_BATCH + 1).map(expected),
    );
    expect(asked.map(({ size }) => size)).toEqual([32, 32, 32, 32, 1, 1]);
    expect(await evaluation.evaluate([])).toEqual([]);
    expect(asked).toHaveLength(6);
  });

  it('sends no two batches with the same element for the same input', async () => {
    const seen: string[] = [];
    const record: AskKeyHolder = async (holder, elements) => {
      seen.push(...elements.map(hex));
      return suite.evaluate(shares[holder - 1]!, publicShares[holder - 1]!, elements);
    };
    const { evaluation } = federation({ 1: record, 2: record, 3: record });
    await evaluation.evaluate(inputs(1));
    await evaluation.evaluate(inputs(1));
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(2);
  });

  it.each([
    ['down', down, 'unavailable'],
    ['silent', silent, 'time-out'],
    ['lying about its key', lying, 'wrong-proof'],
    ['forging an element', forging, 'wrong-proof'],
    ['answering nonsense', (async () => ({})) as unknown as AskKeyHolder, 'unavailable'],
  ] as const)('does without one holder that is %s, and says which', async (_, behaviour, kind) => {
    for (const holder of HOLDERS) {
      const { evaluation, faults } = federation({ [holder]: behaviour });
      for (let round = 0; round < 3; round++) {
        const secrets = await evaluation.evaluate(inputs(2));
        expect(secrets.map((secret) => hex(secret.revealBytes()))).toEqual(inputs(2).map(expected));
      }
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatchObject({ holder, kind });
    }
  });

  it('hands on why a holder could not be asked', async () => {
    const { evaluation, faults } = federation({ 1: down });
    for (let round = 0; round < 3; round++) await evaluation.evaluate(inputs(1));
    expect(faults.map(({ cause }) => (cause as Error).message)).toEqual(['connection refused']);
  });

  it('asks a holder that failed last for a short while, then as before', async () => {
    const { evaluation, asked, clock, otherwise } = federation({ 2: down }, { sidelined: MINUTE });
    for (let round = 0; round < 6; round++) await evaluation.evaluate(inputs(1));
    expect(asked.filter(({ holder }) => holder === 2)).toHaveLength(1);

    delete otherwise[2];
    clock.advance(MINUTE - SECOND);
    asked.length = 0;
    for (let round = 0; round < 3; round++) await evaluation.evaluate(inputs(1));
    expect(asked.filter(({ holder }) => holder === 2)).toHaveLength(0);

    clock.advance(2 * SECOND);
    for (let round = 0; round < 3; round++) await evaluation.evaluate(inputs(1));
    expect(asked.filter(({ holder }) => holder === 2)).toHaveLength(2);
  });

  it('trusts a holder again as soon as it has stepped in and answered', async () => {
    const { evaluation, asked, otherwise } = federation({ 2: down });
    for (let round = 0; round < 3; round++) await evaluation.evaluate(inputs(1));
    delete otherwise[2];
    otherwise[1] = down;
    await evaluation.evaluate(inputs(1));
    asked.length = 0;
    for (let round = 0; round < 3; round++) await evaluation.evaluate(inputs(1));
    expect(asked.map(({ holder }) => holder).sort()).toEqual([2, 2, 2, 3, 3, 3]);
  });

  it('gives up when two of three are down, naming both, and works again when they are back', async () => {
    const { evaluation, otherwise } = federation({ 1: down, 3: silent });
    const error = await evaluation.evaluate(inputs(1)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotEnoughKeyHolders);
    const { answered, threshold, faults } = error as NotEnoughKeyHolders;
    expect({ answered, threshold }).toEqual({ answered: 1, threshold: 2 });
    expect(faults.map(({ holder, kind }) => `${holder} ${kind}`).sort()).toEqual([
      '1 unavailable',
      '3 time-out',
    ]);

    delete otherwise[1];
    const [secret] = await evaluation.evaluate(inputs(1));
    expect(hex(secret!.revealBytes())).toBe(expected(inputs(1)[0]!));
  });

  it('gives no secret at all rather than one that two liars agreed on', async () => {
    const { evaluation, faults } = federation({ 1: lying, 2: lying });
    await expect(evaluation.evaluate(inputs(1))).rejects.toBeInstanceOf(NotEnoughKeyHolders);
    expect(faults.map(({ holder, kind }) => `${holder} ${kind}`).sort()).toEqual([
      '1 wrong-proof',
      '2 wrong-proof',
    ]);
  });

  it('tells a holder that is late that its answer is no longer wanted', async () => {
    const aborted: boolean[] = [];
    const late: AskKeyHolder = (_holder, _elements, abortSignal) =>
      new Promise((_resolve, reject) => {
        abortSignal.addEventListener('abort', () => {
          aborted.push(true);
          reject(new Error('too late'));
        });
      });
    const { evaluation, faults } = federation({ 2: late }, { patience: 20 });
    for (let round = 0; round < 3; round++) await evaluation.evaluate(inputs(1));
    expect(faults).toEqual([{ holder: 2, kind: 'time-out' }]);
    expect(aborted).toEqual([true]);
  });

  it('gives a youth who is also a parent two secrets that have nothing in common', async () => {
    const { evaluation } = federation();
    const [youth, parent] = await evaluation.evaluate([
      personInput('youth', 'bsn', '999934077'),
      personInput('parent', 'bsn', '999934077'),
    ]);
    expect(hex(youth!.revealBytes())).not.toBe(hex(parent!.revealBytes()));
    expect(youth!.tag(1).revealBase64Url()).not.toBe(parent!.tag(1).revealBase64Url());
  });

  it.each([0, 4, 1.5])('refuses a threshold of %p among three holders', (threshold) => {
    const clock = new SettableClock(new Date(0));
    expect(() => new ThresholdEvaluation(suite, { threshold, publicShares }, down, clock)).toThrow(
      RangeError,
    );
  });
});
