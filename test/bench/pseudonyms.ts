import { randomBytes } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { SystemClock } from '#libs/clock';
import { NobleOprf, personInput, SodiumOprf, ThresholdEvaluation, type OprfSuite } from '#libs/pseudonyms';
import { dealtKey } from '../../libs/pseudonyms/src/whole-key.fixture.js';

/*
 * How many persons a second become a pseudonym by two of three key holders, all on one thread: what the region does and both holders.
 *  - raw: the bare multiplications that nothing can go without, four a person (blind, two holders, unblind), nothing proven;
 *  - simple: ours, one person in a request;
 *  - noble: ours in batches, on the second implementation, in JavaScript;
 *  - ours: in batches of 32 with one proof each, checked.
 */

const PERSONS = 640;
const say = (line: string) => process.stdout.write(`${line}\n`);

const { shares, publicShares } = dealtKey(2, 3);
const inputs = Array.from({ length: PERSONS }, (_, at) =>
  personInput('youth', 'bsn', String(999_000_000 + at)),
);
const evaluationOn = (suite: OprfSuite) =>
  new ThresholdEvaluation(
    suite,
    { threshold: 2, publicShares },
    async (holder, elements) => suite.evaluate(shares[holder - 1]!, publicShares[holder - 1]!, elements),
    new SystemClock(),
    { patience: 60_000 },
  );

const suite = await SodiumOprf.load();
const evaluation = evaluationOn(suite);
const scalar = sodium.crypto_core_ristretto255_scalar_random();
const point = sodium.crypto_core_ristretto255_from_hash(randomBytes(64));
const ways: Record<string, () => unknown> = {
  raw: () => {
    for (let n = 0; n < 4 * PERSONS; n += 1) sodium.crypto_scalarmult_ristretto255(scalar, point);
  },
  simple: async () => {
    for (const input of inputs) await evaluation.evaluate([input]);
  },
  noble: () => evaluationOn(new NobleOprf()).evaluate(inputs),
  ours: () => evaluation.evaluate(inputs),
};

say(`${PERSONS} persons, two of three key holders`);
const rates: Record<string, number> = {};
for (const [name, work] of Object.entries(ways)) {
  await work(); // warm
  const begin = performance.now();
  await work();
  rates[name] = (PERSONS * 1000) / (performance.now() - begin);
}
for (const [name, rate] of Object.entries(rates))
  say(
    `${name.padEnd(6)} ${rate.toFixed(0).padStart(6)} a second, ${(rate / rates.raw!).toFixed(2)} of raw, ${(rate / rates.simple!).toFixed(2)} × simple`,
  );
