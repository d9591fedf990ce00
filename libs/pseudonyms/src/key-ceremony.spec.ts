import {
  CeremonyFault,
  KeyCeremony,
  SodiumOprf,
  type CeremonyPackage,
  type CeremonyShare,
  type CeremonyStateAfterRound1,
  type CeremonyStateAfterRound2,
} from './index.js';
import { evaluateWhole, wholeKey } from './whole-key.fixture.js';

const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
/** What a state is after the process was killed and another one read it from disk. */
const stored = <T>(state: T) => JSON.parse(JSON.stringify(state)) as T;

const begin = (holders = 3, threshold = 2) =>
  Array.from({ length: holders }, (_, i) => KeyCeremony.round1({ index: i + 1, holders, threshold }));

/** All three rounds; a test may tamper with what is sent, as `holder` received it. */
function ceremony({
  holders = 3,
  threshold = 2,
  keep = stored,
  packagesFor = (_holder: number, packages: CeremonyPackage[]) => packages,
  sharesFor = (_holder: number, shares: CeremonyShare[]) => shares,
}: {
  holders?: number;
  threshold?: number;
  keep?: <T>(state: T) => T;
  packagesFor?: (holder: number, packages: CeremonyPackage[]) => CeremonyPackage[];
  sharesFor?: (holder: number, shares: CeremonyShare[]) => CeremonyShare[];
} = {}) {
  const first = begin(holders, threshold);
  const packages = first.map(({ broadcast }) => broadcast);
  const second = first.map(({ state }, i) =>
    KeyCeremony.round2(keep(state), packagesFor(i + 1, stored(packages))),
  );
  const shares = second.flatMap((sent) => sent.shares);
  const keys = second.map(({ state }, i) =>
    KeyCeremony.round3(keep(state), sharesFor(i + 1, stored(shares.filter(({ to }) => to === i + 1)))),
  );
  return { keys, second, packages };
}

/** Runs `action` and returns what it threw. */
function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Changes one bit of a base64url value. */
function flipped(text: string, position: number): string {
  const value = Buffer.from(text, 'base64url');
  value[position]! ^= 1;
  return value.toString('base64url');
}

describe('KeyCeremony', () => {
  it.each([
    [2, 3],
    [3, 5],
  ])('gives %d-of-%d shares that evaluate like one key nobody has', async (threshold, holders) => {
    const { keys } = ceremony({ threshold, holders });
    const whole = wholeKey(
      keys.map(({ share }) => share),
      threshold,
    );
    const suite = await SodiumOprf.load();
    const input = Buffer.from('any input');
    const expected = hex(evaluateWhole(whole, input));

    for (let skipped = 0; skipped < holders; skipped++) {
      const chosen = Array.from({ length: threshold }, (_, i) => keys[(skipped + i) % holders]!);
      const { blind, element } = suite.blind(input);
      const parts = chosen.map(({ index, share, publicShare }) => {
        const { evaluated, proof } = suite.evaluate(share, publicShare, [element]);
        expect(suite.verify(keys[0]!.publicShares[index - 1]!, [element], evaluated, proof)).toBe(true);
        return { index, element: evaluated[0]! };
      });
      expect(hex(suite.finalize(input, blind, suite.combine(parts)))).toBe(expected);
    }
  });

  it('leaves all holders with the same public values and shares of their own', () => {
    const { keys } = ceremony();
    const common = keys.map(({ groupKey, publicShares, transcriptHash }) =>
      [groupKey, ...publicShares, transcriptHash].map(hex),
    );
    expect(common[1]).toEqual(common[0]);
    expect(common[2]).toEqual(common[0]);
    expect(new Set(keys.map(({ share }) => hex(share))).size).toBe(3);
    for (const { index, publicShare, publicShares } of keys) {
      expect(hex(publicShare)).toBe(hex(publicShares[index - 1]!));
    }
  });

  it('gives the same result from stored states as in one go, and again when a round is repeated', () => {
    const first = begin();
    const packages = first.map(({ broadcast }) => broadcast);
    const run = (keep: <T>(state: T) => T) => {
      const second = first.map(({ state }) => KeyCeremony.round2(keep(state), packages));
      const shares = second.flatMap((sent) => sent.shares);
      const keys = second.map(({ state }, i) =>
        KeyCeremony.round3(
          keep(state),
          shares.filter(({ to }) => to === i + 1),
        ),
      );
      return { shares, keys: keys.map(({ share, groupKey }) => [hex(share), hex(groupKey)]) };
    };
    const inOneGo = run((state) => state);
    expect(run(stored)).toEqual(inOneGo);
    expect(run((state) => state)).toEqual(inOneGo);
  });

  it('makes another key every time', () => {
    expect(hex(ceremony().keys[0]!.groupKey)).not.toBe(hex(ceremony().keys[0]!.groupKey));
  });

  it.each([
    ['a false proof of possession', (sent: CeremonyPackage) => ({ ...sent, proof: flipped(sent.proof, 40) })],
    ['an empty proof', (sent: CeremonyPackage) => ({ ...sent, proof: '' })],
    ['too few commitments', (sent: CeremonyPackage) => ({ ...sent, commitment: sent.commitment.slice(1) })],
    [
      'an identity commitment',
      (sent: CeremonyPackage) => ({
        ...sent,
        commitment: [sent.commitment[0]!, Buffer.alloc(32).toString('base64url')],
      }),
    ],
  ])('names the holder that sent %s', (_, spoil) => {
    for (const culprit of [2, 3]) {
      const packages = begin().map(({ broadcast }) => broadcast);
      const first = KeyCeremony.round1({ index: 1, holders: 3, threshold: 2 });
      packages[0] = first.broadcast;
      packages[culprit - 1] = spoil(packages[culprit - 1]!);
      const fault = thrownBy(() => KeyCeremony.round2(first.state, packages));
      expect(fault).toBeInstanceOf(CeremonyFault);
      expect(fault).toMatchObject({ holder: culprit, kind: 'bad-package' });
    }
  });

  it('names the holder that repeats the package of another as its own', () => {
    const [mine, honest] = begin() as [
      ReturnType<typeof KeyCeremony.round1>,
      ReturnType<typeof KeyCeremony.round1>,
    ];
    const copied = { ...honest.broadcast, index: 3 };
    const fault = thrownBy(() => KeyCeremony.round2(mine.state, [mine.broadcast, honest.broadcast, copied]));
    expect(fault).toMatchObject({ holder: 3, kind: 'bad-package' });
  });

  it.each([
    ['a wrong share', (sent: CeremonyShare) => ({ ...sent, share: flipped(sent.share, 0) })],
    ['a share that is no scalar', (sent: CeremonyShare) => ({ ...sent, share: 'AAAA' })],
    [
      'a share that is not reduced',
      (sent: CeremonyShare) => ({ ...sent, share: Buffer.alloc(32, 0xff).toString('base64url') }),
    ],
  ])('names the holder that sent %s', (_, spoil) => {
    for (const culprit of [1, 3]) {
      const run = () =>
        ceremony({
          sharesFor: (holder, shares) =>
            holder === 2 ? shares.map((share) => (share.from === culprit ? spoil(share) : share)) : shares,
        });
      const fault = thrownBy(run);
      expect(fault).toBeInstanceOf(CeremonyFault);
      expect(fault).toMatchObject({ holder: culprit, kind: 'bad-share' });
    }
  });

  it('shows by different transcript hashes that a holder told different stories', () => {
    const [one, two, liar, otherStory] = [1, 2, 3, 3].map((index) =>
      KeyCeremony.round1({ index, holders: 3, threshold: 2 }),
    ) as [
      { state: CeremonyStateAfterRound1; broadcast: CeremonyPackage },
      { state: CeremonyStateAfterRound1; broadcast: CeremonyPackage },
      { state: CeremonyStateAfterRound1; broadcast: CeremonyPackage },
      { state: CeremonyStateAfterRound1; broadcast: CeremonyPackage },
    ];
    const told = KeyCeremony.round2(one.state, [one.broadcast, two.broadcast, liar.broadcast]);
    const toldOtherwise = KeyCeremony.round2(two.state, [one.broadcast, two.broadcast, otherStory.broadcast]);
    expect(hex(told.transcriptHash)).not.toBe(hex(toldOtherwise.transcriptHash));
  });

  it('hashes the transcript the same in whatever order packages come', () => {
    const packages = begin().map(({ broadcast }) => broadcast);
    expect(hex(KeyCeremony.transcriptHash([...packages].reverse()))).toBe(
      hex(KeyCeremony.transcriptHash(packages)),
    );
  });

  it('does not go on with a package or share missing, doubled, foreign or changed on the way', () => {
    const first = begin();
    const packages = first.map(({ broadcast }) => broadcast);
    const [mine, second, third] = packages as [CeremonyPackage, CeremonyPackage, CeremonyPackage];
    const state = first[0]!.state;
    for (const received of [
      [mine, second],
      [mine, second, second],
      [mine, second, third, { ...third, index: 4 }],
      [{ ...mine, proof: flipped(mine.proof, 0) }, second, third],
    ]) {
      const error = thrownBy(() => KeyCeremony.round2(state, received));
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(CeremonyFault);
    }
    const sent = first.map((seat) => KeyCeremony.round2(seat.state, packages));
    const after: CeremonyStateAfterRound2 = sent[0]!.state;
    const shares = sent.flatMap((round) => round.shares).filter(({ to }) => to === 1);
    expect(shares).toHaveLength(2);
    for (const received of [shares.slice(1), [shares[0]!, shares[0]!], [...shares, shares[1]!]]) {
      expect(() => KeyCeremony.round3(after, received)).toThrow('expected one share');
    }
  });

  it.each([
    { index: 0, holders: 3, threshold: 2 },
    { index: 4, holders: 3, threshold: 2 },
    { index: 1, holders: 3, threshold: 1 },
    { index: 1, holders: 3, threshold: 4 },
    { index: 1.5, holders: 3, threshold: 2 },
  ])('has no seat %j', (seat) => {
    expect(() => KeyCeremony.round1(seat)).toThrow(RangeError);
  });
});
