import { setTimeout as sleep } from 'node:timers/promises';
import { SealingKey } from '#libs/sealing';
import { PARTS } from '../../deploy/local/environments.js';
import { Federation } from '../../deploy/local/federation.js';
import { killWhileFiling } from './crashes.js';
import { query } from './database.js';
import { recoverFromBackups } from './recovery.js';
import { fileAtTheSameInstant } from './same-instant.js';
import { Stage, Unmet } from './stage.js';
import type { KnownYouth } from './youths.js';

const MINUTES = 60_000;
let federation: Federation;
let stage: Stage;

beforeAll(async () => {
  federation = await Federation.start();
}, 10 * MINUTES);
beforeEach(() => (stage = new Stage(federation)));
afterEach(() => stage.leave(), 10 * MINUTES);
afterAll(() => federation?.stop());

// test/long has them do so ten times
fileAtTheSameInstant(3, () => federation);

describe("a parent's card that comes before the youth's", () => {
  const HELD_SECONDS = 15;
  // as a release window would hold back a tag, but that of the youth
  const HOLD_BACK = `
    create function hold_back() returns trigger language plpgsql as $$ begin
      if new.type = 'tag.put' and exists (select from handle where role = 'youth'
        and rtrim(translate(encode(handle, 'base64'), '+/', '-_'), '=') = new.body->>'handle')
      then new.not_before := new.not_before + interval '${HELD_SECONDS} seconds'; end if;
      return new; end $$;
    create trigger hold_back before insert on outbox_message for each row execute function hold_back()`;

  it(
    'tells of the same youth, never of a sibling, and nothing changes when the other comes',
    async () => {
      const youth = { bsn: '999910000', birthDate: '2012-03-14' };
      const jeugdmatch = federation.postgres.urlOf('jeugdmatch');
      await stage.mailbox.markAllRead();
      await filed('mn-leerkracht', youth);
      await stage.settled();
      await query(jeugdmatch, HOLD_BACK);
      try {
        await filed('jm-jeugdteam', youth);
        await stage.eventually(async () => expectSameYouthOnly());
        const held = await query(jeugdmatch, `select from outbox_message where type = 'tag.put'`);
        expect(held).toHaveLength(1);
        await sleep(HELD_SECONDS * 1000);
        await stage.settled();
        await expectSameYouthOnly();
        const matches = await query(jeugdmatch, `select from federated_match where in_card is not null`);
        expect(matches).toHaveLength(3);
        const mails = await stage.mailbox.unread(stage.person('mn-leerkracht').email);
        expect(mails.length).toBeGreaterThan(0);
        for (const { text } of mails) expect(text).not.toMatch(/broer of zus/);
      } finally {
        await query(jeugdmatch, 'drop function hold_back cascade');
      }
    },
    10 * MINUTES,
  );

  async function expectSameYouthOnly(): Promise<void> {
    for (const [who, other] of [
      ['mn-leerkracht', 'jm-jeugdteam'],
      ['jm-jeugdteam', 'mn-leerkracht'],
    ] as const) {
      const [view] = await matchesOf(who);
      if (!view) throw new Unmet(`${who} sees no match`);
      expect(view.involved).toEqual([
        expect.objectContaining({ kind: 'same-youth', email: stage.person(other).email }),
      ]);
    }
  }
});

describe('a signal filed anew', () => {
  it(
    'has other handles and other matches than the one before',
    async () => {
      const youth = { bsn: '999910097', birthDate: '2009-02-17' };
      const own = federation.postgres.urlOf('midden-nederland');
      const other = federation.postgres.urlOf('rijnmond');
      const handles = async () =>
        (await query<{ handle: Buffer }>(own, 'select handle from handle')).map(({ handle }) =>
          handle.toString('hex'),
        );
      const matchIds = async (url: string) =>
        (await query<{ match_id: string }>(url, 'select match_id from federated_match order by 1')).map(
          ({ match_id: id }) => id,
        );
      await filed('rm-wijkteam', youth);
      const first = await filed('mn-leerkracht', youth);
      await stage.settled();
      const before = { handles: await handles(), matches: await matchIds(own) };
      expect(before).toMatchObject({ handles: { length: 3 }, matches: { length: 3 } });
      expect(await matchIds(other)).toEqual(before.matches);

      await stage.visitor('mn-leerkracht').post(`signals/${first}/_end`, { reason: 'not-justified' });
      await stage.settled();
      expect([await handles(), await matchIds(own), await matchIds(other)]).toEqual([[], [], []]);

      await filed('mn-leerkracht', youth);
      await stage.settled();
      const after = { handles: await handles(), matches: await matchIds(own) };
      expect(after).toMatchObject({ handles: { length: 3 }, matches: { length: 3 } });
      expect(await matchIds(other)).toEqual(after.matches);
      expect(after.handles.filter((handle) => before.handles.includes(handle))).toEqual([]);
      expect(after.matches.filter((id) => before.matches.includes(id))).toEqual([]);
    },
    10 * MINUTES,
  );
});

describe('a telephone number that changes', () => {
  it(
    'is what others see from then on, in the own region and in another',
    async () => {
      const youth = { bsn: '999910097', birthDate: '2009-02-17' };
      await filed('mn-leerkracht', youth);
      await filed('mn-schuldhulp', youth);
      await filed('rm-wijkteam', youth);
      const { id, phone } = await stage.visitor('mn-leerkracht').read<{ id: string; phone: string }>('me');
      // the coordinator enters it, and its owner confirms it
      const change = async (to: string) => {
        const entered = await stage.visitor('mn-coordinator').patch(`professionals/${id}`, { phone: to });
        expect(entered.status).toBe(200);
        const owner = stage.visitor('mn-leerkracht');
        const { contactChanges } = await owner.read<{ contactChanges: { id: string }[] }>('me');
        return owner.post(`contact-changes/${contactChanges[0]!.id}/_confirm`, {});
      };
      const isSeen = (expected: string) =>
        stage.eventually(async () => {
          for (const who of ['mn-schuldhulp', 'rm-wijkteam']) {
            const involved = (await matchesOf(who)).flatMap((match) => match.involved);
            const seen = involved.find(({ email }) => email === stage.person('mn-leerkracht').email)?.phone;
            if (seen !== expected) throw new Unmet(`${who} sees ${seen}`);
          }
        });
      await isSeen(phone);
      for (const to of ['030-999 99 99', phone]) {
        expect((await change(to)).status).toBe(204);
        await isSeen(to);
      }
    },
    10 * MINUTES,
  );
});

describe('a protected address', () => {
  it(
    'is in no card that another region opens, while another residence is',
    async () => {
      const hidden = { bsn: '999910358', birthDate: '2010-10-10' };
      const known = { bsn: '999910000', birthDate: '2012-03-14' };
      expect(await residencesTold(known)).toContain('0344');
      expect(await residencesTold(hidden)).toEqual([]);
    },
    10 * MINUTES,
  );

  /** What the cards that two regions opened say of where the youth lives. */
  async function residencesTold(youth: KnownYouth): Promise<string[]> {
    await filed('mn-buurtteam', youth);
    await filed('jm-jeugdteam', youth);
    await stage.settled();
    const told: string[] = [];
    for (const { id, nodeKey } of federation.plan.regions) {
      const key = new SealingKey(nodeKey);
      const rows = await query<{ match_id: string; in_card: Buffer }>(
        federation.postgres.urlOf(id),
        'select match_id, in_card from federated_match where in_card is not null',
      );
      if (id !== 'rijnmond') expect(rows).not.toEqual([]);
      for (const { match_id: matchId, in_card: card } of rows) {
        const opened = JSON.parse(key.open(`peer-card/${matchId}`, card).toString('utf8')) as {
          residence?: { municipality: string };
        };
        if (opened.residence) told.push(opened.residence.municipality);
      }
    }
    await stage.leave();
    return told;
  }
});

// what comes after this finds what the killed and restored parts left
describe('a program that is killed while three regions file', () =>
  // one of each; the other key holders and regions are killed by test/long
  killWhileFiling(
    [PARTS.relay, PARTS.keyHolder(0), 'midden-nederland', PARTS.hub, PARTS.personRegister, PARTS.database],
    () => federation,
  ));

describe('a part that goes back to a backup', () => recoverFromBackups(() => federation));

interface SeenMatch {
  involved: { id: string; kind: string; email: string; phone: string; contactMadeByYou: boolean }[];
}

const matchesOf = (subject: string): Promise<SeenMatch[]> =>
  stage.visitor(subject).read<SeenMatch[]>('matches');

/** Files a signal that `stage` ends when it leaves. @returns its id */
async function filed(subject: string, youth: KnownYouth): Promise<string> {
  const answer = await stage.visitor(subject).post('signals', { youth, informed: 'yes' });
  expect(answer.status).toBe(201);
  const { id, number } = answer.body as { id: string; number: string };
  stage.filed.push({ name: number, by: stage.person(subject), id, number });
  return id;
}
