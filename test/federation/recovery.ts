import type { Federation } from '../../deploy/local/federation.js';
import { PARTS } from '../../deploy/local/environments.js';
import { backUp, restore } from './backup.js';
import { query } from './database.js';
import { Stage, Unmet, type FiledSignal } from './stage.js';
import { unrelatedYouths, type KnownYouth } from './youths.js';

const MINUTES = 60_000;
const RECOVERY_SECONDS = 300;
const MN = 'midden-nederland';
const youths = unrelatedYouths().slice(10);
let federation: Federation;
let stage: Stage;

/** Registers the tests that put parts of a federation back to a backup. */
export function recoverFromBackups(federationOf: () => Federation): void {
  beforeEach(() => {
    federation = federationOf();
    stage = new Stage(federation);
  });

  it(
    'a region forgets again what it had erased, before it says anything, and counts what it cannot bring back',
    async () => {
      const [kept, erased, twice, lost] = youths.splice(0, 4) as [
        KnownYouth,
        KnownYouth,
        KnownYouth,
        KnownYouth,
      ];
      const pairs = {
        kept: [await filed('mn-leerkracht', kept), await filed('jm-jeugdteam', kept)] as const,
        erased: [await filed('mn-leerkracht', erased), await filed('jm-jeugdteam', erased)] as const,
        // a second signal in one region on the same youth: its end shows nowhere at the relay but as a token
        twice: [await filed('mn-leerkracht', twice), await filed('mn-jeugdzorg', twice)] as const,
      };
      const peer = await filed('rm-wijkteam', twice);
      await sees(pairs.erased[1], [pairs.erased[0]]);
      await sees(peer, pairs.twice);
      await stage.settled();

      await backUp(federation, MN);
      await stage.settled(RECOVERY_SECONDS);

      await end(pairs.erased[0]);
      await end(pairs.twice[1]);
      const gone = await filed('mn-leerkracht', lost);
      const witness = await filed('rm-wijkteam', lost);
      await sees(witness, [gone]);
      await sees(peer, [pairs.twice[0]]);
      await stage.settled();

      await restore(federation, MN);
      await stage.eventually(async () => {
        const { memoryLosses } = await link('mn-beheerder');
        if (memoryLosses.length === 0) throw new Unmet('not recovered yet');
      }, RECOVERY_SECONDS);

      expect((await numbersOf('mn-leerkracht')).sort()).toEqual(
        [pairs.kept[0].number, pairs.twice[0].number].sort(),
      );
      expect(await numbersOf('mn-jeugdzorg')).toEqual([]);
      await sees(pairs.kept[0], [pairs.kept[1]]);
      await sees(pairs.kept[1], [pairs.kept[0]]);
      await sees(pairs.erased[1], []);
      await sees(peer, [pairs.twice[0]]);
      // the signal that only the lost days knew does not go on being shown elsewhere
      await sees(witness, []);
      const { recovering, lostPersons, memoryLosses } = await link('mn-beheerder');
      expect({ recovering, memoryLosses }).toMatchObject({
        recovering: false,
        memoryLosses: [{ erasedSignals: 2, lostPersons }],
      });
      // the youth, and the parents that the person register gives
      expect(lostPersons).toBeGreaterThanOrEqual(1);
      expect((await link('rm-beheerder')).cardRepairs).toMatchObject([
        { peerRegion: MN, ended: lostPersons },
      ]);

      // and it goes on as if nothing had happened
      const again = await filed('mn-leerkracht', lost);
      await sees(witness, [again]);
      await end(pairs.kept[0]);
      await sees(pairs.kept[1], []);
      await stage.leave();
    },
    20 * MINUTES,
  );

  it(
    'a relay learns what was ended and filed since, and nobody is mailed twice',
    async () => {
      const [early, late, over] = youths.splice(0, 3) as [KnownYouth, KnownYouth, KnownYouth];
      const ending = [await filed('mn-leerkracht', over), await filed('jm-jeugdteam', over)] as const;
      const first = [await filed('mn-leerkracht', early), await filed('jm-jeugdteam', early)] as const;
      await sees(first[1], [first[0]]);
      await sees(ending[1], [ending[0]]);
      await stage.settled();

      await backUp(federation, PARTS.relay);
      await end(ending[0]);
      await sees(ending[1], []);
      const second = [await filed('mn-jeugdzorg', late), await filed('rm-wijkteam', late)] as const;
      await sees(second[1], [second[0]]);
      await stage.settled(RECOVERY_SECONDS);
      const before = await messageIds();

      await restore(federation, PARTS.relay);
      const third = await filed('rm-jeugdzorg', over);
      await sees(third, [ending[1]]);
      await stage.settled(RECOVERY_SECONDS);
      await sees(first[0], [first[1]]);
      await sees(second[0], [second[1]]);
      const handles = await query<{ n: number }>(
        federation.postgres.urlOf(MN),
        'select count(*)::int as n from handle where secret is not null',
      );
      const tags = await query<{ n: number }>(
        federation.postgres.urlOf('relay'),
        `select count(*)::int as n from tag where region = $1`,
        [MN],
      );
      expect(tags).toEqual(handles);
      const after = await messageIds();
      const mailed = after.slice(before.length);
      // only the two whom the third signal concerns, each once
      expect(mailed).toHaveLength(2);
      expect(new Set([...before, ...mailed]).size).toBe(new Set(before).size + 2);
      await stage.leave();
    },
    20 * MINUTES,
  );
}

const filed = async (who: string, youth: KnownYouth): Promise<FiledSignal> => {
  const { body } = await stage.visitor(who).post('signals', { youth, informed: 'yes' });
  const { id, number } = body as { id: string; number: string };
  const signal = { name: number, by: stage.person(who), id, number };
  stage.filed.push(signal);
  return signal;
};
const end = ({ by, id }: FiledSignal) =>
  stage.visitor(by.subject).post(`signals/${id}/_end`, { reason: 'not-justified' });
const numbersOf = async (who: string): Promise<string[]> =>
  (await stage.visitor(who).read<{ signals: { number: string }[] }>('signals')).signals.map(
    ({ number }) => number,
  );
/** A signal matches exactly these, in the end. */
const sees = (signal: FiledSignal, others: readonly FiledSignal[]) =>
  stage.eventually(async () => {
    const matches = await stage
      .visitor(signal.by.subject)
      .read<{ signalId: string; involved: { email: string }[] }[]>('matches');
    const seen = matches.find(({ signalId }) => signalId === signal.id)?.involved ?? [];
    const addresses = (of: { email: string }[]) =>
      of
        .map(({ email }) => email)
        .sort()
        .join();
    if (addresses(seen) !== addresses(others.map(({ by }) => by)))
      throw new Unmet(`${signal.by.subject} sees ${addresses(seen) || 'nobody'}`);
  }, RECOVERY_SECONDS);
const link = (operator: string) =>
  stage.visitor(operator).read<{
    recovering: boolean;
    lostPersons: number;
    memoryLosses: { erasedSignals: number; lostPersons: number; recoveredAt: string | null }[];
    cardRepairs: { peerRegion: string; ended: number }[];
  }>('federation');
async function messageIds(): Promise<string[]> {
  const mails = await stage.mailbox.all();
  return mails.map(({ messageId }) => messageId);
}
