import { newHandle, newTag, type TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import { ATTACKER, VICTIMS } from './names.js';
import { file, othersFindOneAnother, secretOf } from './people.js';
import type { World } from './world.js';

const [VICTIM] = VICTIMS;
const MOST = Number.MAX_SAFE_INTEGER;

/** What a region may say of where both sides stand: it spoils its own conversation at most. */
export function numbers(world: () => World): void {
  let attacker: TestRegion;
  const link = () => world().link('relay', ATTACKER);
  const number = async (column: string) => Number((await link())[column]);
  /** What the relay knows of its conversation with the attacker, without what honest messages change. */
  const own = async () => {
    const { out_incarnation, out_confirmed, restarts, recovery } = await link();
    return { out_incarnation, out_confirmed, restarts, recovery };
  };
  const others = () =>
    world().rows(
      'relay',
      'select peer, in_incarnation, out_incarnation, restarts, recovery from link where peer <> $1 order by peer',
      [ATTACKER],
    );
  const waiting = () =>
    world().count('relay', 'outbox_message where peer = $1 and seq is not null', [ATTACKER]);
  /** The relay takes one message after the other: when it has this one, it has taken what was said before. */
  const taken = async () => {
    await attacker.put(newTag());
    await until(async () => (await number('in_applied')) >= attacker.seq);
  };
  /** The question that the relay has for the attacker, once the attacker has greeted it. */
  const questionOfRelay = async (): Promise<string> => {
    await attacker.control('hello', { question: newHandle() });
    return until(async () => {
      const { question, agreed_on: agreedOn } = await link();
      return question !== null && question !== agreedOn ? (question as string) : undefined;
    });
  };
  /** An honest answer of the attacker, changed. */
  const position = async (question: string, change: object) => ({
    question,
    inIncarnation: await number('out_incarnation'),
    inApplied: await number('out_confirmed'),
    outIncarnation: attacker.incarnation,
    outNext: attacker.seq + 1,
    outConfirmed: attacker.confirmed,
    ...change,
  });

  beforeAll(async () => {
    await world().drainInbox(ATTACKER);
    attacker = await world().attackingRegion();
    await attacker.settled();
    const youth = world().nextYouth();
    const secret = await secretOf(world(), youth.bsn);
    await file(world(), VICTIM, youth);
    await attacker.put(secret.tag(1).revealBase64Url());
    await until(() => attacker.bodies('match.found').length > 0);
    await until(async () => (await number('out_confirmed')) === (await number('out_next_seq')) - 1);
    attacker.deafen();
    // from now on the relay has something to say to it that it does not confirm
    await attacker.put(secret.tag(1).revealBase64Url());
    await taken();
    await until(async () => (await waiting()) > 0);
  });
  afterAll(() => attacker?.close());

  describe('a confirmation', () => {
    it.each([
      // some may just be given out
      ['of a number that was never given out', async () => ({ upTo: (await number('out_next_seq')) + 100 })],
      ['of the largest number', () => ({ upTo: MOST })],
      [
        'of an incarnation that was not',
        async () => ({ incarnation: (await number('out_incarnation')) + 1 }),
      ],
      [
        'of an incarnation that is over',
        async () => ({ incarnation: (await number('out_incarnation')) - 1 }),
      ],
      [
        'of another region’s numbers',
        async () => {
          const { out_incarnation: incarnation, out_next_seq: next } = await world().link('relay', VICTIM);
          return { incarnation: Number(incarnation), upTo: Number(next) + 1_000 };
        },
      ],
    ] as [string, () => Promise<object> | object][])('%s changes nothing', async (_what, change) => {
      const [before, kept] = [[await own(), await others()], await waiting()];
      const honest = { incarnation: await number('out_incarnation'), upTo: 1 };
      await attacker.control('confirm', { ...honest, ...(await change()) });
      await taken();
      expect([await own(), await others()]).toEqual(before);
      expect(await waiting()).toBeGreaterThanOrEqual(kept);
    });
    it('of what was really said is taken: so it was the numbers', async () => {
      const upTo = (await number('out_confirmed')) + 1;
      await attacker.control('confirm', { incarnation: await number('out_incarnation'), upTo });
      await until(async () => (await number('out_confirmed')) === upTo);
      expect(
        await world().count('relay', 'outbox_message where peer = $1 and seq <= $2', [ATTACKER, upTo]),
      ).toBe(0);
    });
  });

  describe('a position', () => {
    it('that answers no question of the relay, or another’s, changes nothing', async () => {
      const { question } = await world().link('relay', VICTIM);
      for (const asked of [newHandle(), question as string]) {
        const before = [await own(), await others()];
        await attacker.control('position', await position(asked, { inApplied: MOST, outNext: MOST }));
        await taken();
        expect([await own(), await others()]).toEqual(before);
      }
    });
    it.each([
      ['to have heard what was never said', { inApplied: MOST }],
      ['to have heard an incarnation that was not', { inIncarnation: 1_000_000_000 }],
      ['to have had confirmed what it never said', { outConfirmed: MOST }],
      ['to have said nothing at all', { outNext: 1, outConfirmed: 0 }],
      ['to have lost its memory', { recovery: newHandle() }],
    ])('with which the attacker claims %s spoils its own conversation only', async (_what, lie) => {
      const before = await others();
      await attacker.control('position', await position(await questionOfRelay(), lie));
      await taken();
      expect(await others()).toEqual(before);
    });
    it('the lies were heard: so it is the attacker’s own conversation that they spoiled', async () => {
      expect((await own()).restarts).toBeGreaterThan(0);
    });
  });

  it('a thousand greetings are one question', async () => {
    const before = await world().acceptedForRegion(ATTACKER);
    await Promise.all(
      Array.from({ length: 1_000 }, () => attacker.control('hello', { question: newHandle() })),
    );
    await taken();
    expect((await world().acceptedForRegion(ATTACKER)) - before).toBeLessThan(1_000);
    await othersFindOneAnother(world());
  });

  it('whoever has lost its memory is told what is its own, and nothing of others', async () => {
    await attacker.close();
    await world().drainInbox(ATTACKER);
    attacker = await world().attackingRegion();
    const mine = await attacker.put(newTag());
    await attacker.settled();
    attacker.recovery = newHandle();
    const recalled = await until(() => {
      const recalls = attacker
        .bodies('recall')
        .filter(({ recovery }) => recovery !== undefined && recovery === attacker.recovery);
      return recalls.some(({ last }) => last) ? recalls : undefined;
    });
    expect(recalled.flatMap(({ handles }) => handles)).toEqual([mine]);
    const erased = await world().rows<{ token: Buffer }>(
      'relay',
      'select token from erasure where region = $1',
      [ATTACKER],
    );
    expect(recalled.flatMap((each) => each.erased).sort()).toEqual(
      erased.map(({ token }) => token.toString('base64url')).sort(),
    );
    expect(await world().count('relay', 'tag where region <> $1', [ATTACKER])).toBeGreaterThan(0);
  });
}
