import { setTimeout as sleep } from 'node:timers/promises';
import { query } from '../federation/database.js';
import { Visitor } from '../federation/http/visitor.js';
import type { Accepted } from './record.js';
import type { World } from './world.js';

/** Something that waits, and until when; milliseconds of the machine's clock. */
interface Waiting {
  what: string;
  due: number;
}

interface Look {
  waiting: Waiting[];
  /** What changes when there is progress. That something was only tried once more is none. */
  state: string;
}

export interface Settled {
  /** Whether nothing waits any more. */
  done: boolean;
  seconds: number;
  /** What waits still, in words. */
  left: string[];
}

/** A node looks twice a second; on a busy machine, that is not always so soon done. */
const GRACE_MS = 60_000;
/** Nothing waits longer than this on purpose: what says otherwise got there by a clock that was wrong. */
const LONGEST_WAIT_MS = 21 * 60_000;
const LOOK_MS = 1_000;
/** So many looks in a row must find nothing changing, and nothing waiting but mails that rest. */
const QUIET_LOOKS = 8;

/**
 * Waits until nothing is on its way any more. It may take as long as there is progress: it gives up only when everything that waits
 * has had its turn since something last changed, and nothing came of it. A matter about which many mails left within the hour rests for up to
 * an hour; that is not waited for, but ended when all else is quiet.
 * @param longestSeconds who goes round in circles for so long makes no progress
 */
export async function settle(
  world: World,
  accepted: Accepted,
  longestSeconds: number,
  abortSignal: AbortSignal,
  say: (line: string) => void,
): Promise<Settled> {
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1000);
  let before = '';
  let quiet = 0;
  let giveUpAt = Infinity;
  let said = -Infinity;
  for (;;) {
    await answerHeld(world, accepted);
    const { waiting, state } = await look(world);
    const now = Date.now();
    const changed = state !== before;
    before = state;
    quiet = !changed && waiting.every(({ what }) => what.startsWith(RESTING)) ? quiet + 1 : 0;
    if (quiet >= QUIET_LOOKS) {
      if (waiting.length === 0) return { done: true, seconds: seconds(), left: [] };
      quiet = 0;
      await endRests(world);
    }
    const left = inWords(waiting);
    if (changed) {
      const due = Math.max(now, ...waiting.map((each) => Math.min(each.due, now + LONGEST_WAIT_MS)));
      giveUpAt = due + GRACE_MS;
    }
    if (waiting.length > 0 && (now > giveUpAt || seconds() > longestSeconds))
      return { done: false, seconds: seconds(), left };
    if (seconds() >= said + 10) {
      said = seconds();
      say(`  settling, ${said} s: ${left.join(', ') || 'nothing waits'}`);
    }
    await sleep(LOOK_MS, undefined, { signal: abortSignal });
  }
}

/** Filers share what waits for them after a restored backup, and undo what they had ended. */
async function answerHeld({ federation, targets }: World, accepted: Accepted): Promise<void> {
  for (const region of targets.regions) {
    const { url } = federation.regions.find(({ id }) => id === region)!;
    const held = await query<{ id: string; number: string; subject: string }>(
      federation.postgres.urlOf(region),
      `select s.id, s.number, p.subject from signal s join professional p on p.id = s.professional_id
       where s.shared_at is null and s.shares_at is null`,
    );
    for (const { id, number, subject } of held) {
      const isWanted = accepted.slots.some((slot) => slot.number === number && slot.state !== 'none');
      const visitor = new Visitor(url, subject);
      if (isWanted) await visitor.post(`signals/${id}/_share`, {});
      else await visitor.post(`signals/${id}/_end`, { reason: 'undone' });
    }
  }
}

async function endRests({ federation, targets }: World): Promise<void> {
  for (const region of targets.regions)
    await query(federation.postgres.urlOf(region), `update mail set not_before = now() where ${RESTS}`);
}

async function look({ federation, targets }: World): Promise<Look> {
  const parties = [...targets.regions, targets.relay];
  const looks = await Promise.all(
    parties.map(async (party) => {
      const url = federation.postgres.urlOf(party);
      const isRegion = party !== targets.relay;
      const waiting = await query<{ what: string; due: Date }>(url, isRegion ? WAITING_IN_NODE : OUTBOX);
      const [row] = await query<{ state: string }>(url, isRegion ? STATE_OF_NODE : STATE_OF_RELAY);
      return {
        waiting: waiting.map(({ what, due }) => ({ what: `${what} of ${party}`, due: due.getTime() })),
        state: row!.state,
      };
    }),
  );
  return {
    waiting: looks.flatMap(({ waiting }) => waiting),
    state: JSON.stringify(looks.map(({ state }) => state)),
  };
}

/** Unconfirmed messages, with the next time that each is tried. */
const OUTBOX = `
  select 'message' as what, greatest(not_before, next_try_at,
    sent_at + least(1200, 10 * power(2, least(attempts, 7))) * interval '1 second') as due
  from outbox_message o left join link l on l.peer = o.peer`;

const RESTING = 'resting mail';
/** Put off on purpose: longer than one that is tried again. */
const RESTS = `state = 'queued' and attempts = 0 and not_before > now() + interval '10 minutes'`;

const WAITING_IN_NODE = `${OUTBOX}
  union all select case when ${RESTS} then '${RESTING}' else 'mail' end, not_before from mail where state = 'queued'
  union all select 'person', now() + interval '30 seconds' from handle where secret is null
  union all select 'ended handle', now() from handle where ended_at is not null
  union all select 'question', now() + interval '30 seconds' from roll_question where wanted
  union all select 'held signal', coalesce(shares_at, now()) from signal where shared_at is null
  union all select 'untold match', coalesce(waiting_since, now()) + interval '30 seconds' from match_notice
    where content is distinct from told and (content <> '' or told is not null)`;

const LINKS = `(select jsonb_agg(jsonb_build_array(peer, out_incarnation, out_confirmed, in_incarnation, in_applied) order by peer) from link)`;
const MESSAGES = `(select jsonb_agg(id order by id) from outbox_message)`;

const STATE_OF_RELAY = `select jsonb_build_array(${LINKS}, ${MESSAGES},
  (select count(*) from tag), (select count(*) from match))::text as state`;

const STATE_OF_NODE = `select jsonb_build_array(${LINKS}, ${MESSAGES},
  (select jsonb_agg(id order by id) from mail where state = 'queued'),
  (select jsonb_agg(id order by id) from signal where shared_at is null),
  (select jsonb_agg(jsonb_build_array(subject, n) order by subject) from match_notice where content is distinct from told),
  (select jsonb_agg(handle order by handle) from handle where secret is null or ended_at is not null),
  (select jsonb_agg(jsonb_build_array(match_id, out_n, out_confirmed_n, in_incarnation, in_n) order by match_id) from federated_match))::text as state`;

function inWords(waiting: readonly Waiting[]): string[] {
  const counts = new Map<string, number>();
  for (const { what } of waiting) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${count} × ${what}`);
}
