import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '#libs/clock';
import { MINUTE } from '#libs/clock';
import type { Position } from '#libs/protocol';
import { takeConfirmation } from './confirmation.js';

/** 16 random bytes as text. */
const randomName = (): string => randomBytes(16).toString('base64url');

/**
 * What became of a position:
 * `other`: it answers another question than the last one; nothing is known.
 * `agreed`: both sides know the same of one another.
 * `pending`: the other side began a new incarnation of which nothing has arrived yet, or lost its memory and has not found out.
 * `peer-forgot`: the other side lost its memory, and says so. A new incarnation began; the caller says everything again.
 * `self-forgot`: this side lost its memory. A new incarnation began; the other side will say everything again.
 */
export type Standing = 'other' | 'agreed' | 'pending' | 'peer-forgot' | 'self-forgot';

/**
 * Begins a question to a peer. What it confirmed and said by now, it must still know when it answers.
 * @param anew the first question of this run: a recovery under way gets another name, since its answer may have been lost with a database
 */
export async function beginQuestion(manager: EntityManager, peer: string, anew: boolean): Promise<string> {
  const question = randomName();
  await manager.query(
    `insert into link (peer, question) values ($1, $2)
     on conflict (peer) do update set question = excluded.question, asked_confirmed = link.out_confirmed,
       asked_incarnation = link.in_incarnation, asked_applied = link.in_applied,
       recovery = case when $3 and link.recovery is not null then $4 else link.recovery end`,
    [peer, question, anew, randomName()],
  );
  return question;
}

/** Where this side stands towards a peer, for the peer to compare. */
export async function positionTowards(
  manager: EntityManager,
  peer: string,
  question: string,
): Promise<Position> {
  const link = await linkTo(manager, peer);
  return {
    question,
    inIncarnation: link?.in_incarnation ?? 0,
    inApplied: Number(link?.in_applied ?? 0),
    outIncarnation: link?.out_incarnation ?? 1,
    outNext: Number(link?.out_next_seq ?? 1),
    outConfirmed: Number(link?.out_confirmed ?? 0),
    ...(link?.recovery ? { recovery: link.recovery } : {}),
  };
}

/**
 * Compares a peer's position with our own. The link's row exists and is locked by the caller.
 *
 * How is a loss of memory found? A side that was restored knows less of the other than it once confirmed, or has given out less than the
 * other applied. Both sides see it, whichever asks first; the one that lost its memory says so in its positions until it has heard
 * everything again (`recovery`). The other side waits for that name, so each loss is answered once.
 *
 * Can an old answer mislead? No: it answers an old question. Can a message overtake the answer, so that it looks behind? No: it is held
 * against what the peer had confirmed and said when the question was asked.
 *
 * Whose first message of a new incarnation is waited for? Of a side that has sent one, and has heard everything. One that has sent nothing, or
 * sends nothing before it has heard everything, waits for this side: if both waited, neither would ever send again.
 *
 * Why is a new incarnation numbered by the clock? It must be later than all before, also if both sides forgot at once: cards of the other
 * regions still remember. Minutes since 1970 do, unless a clock is set back and everybody's memory is lost meanwhile.
 */
export async function takePosition(
  manager: EntityManager,
  peer: string,
  position: Position,
  clock: Clock,
): Promise<Standing> {
  const own = (await linkTo(manager, peer))!;
  if (position.question !== own.question) return 'other';
  const next = Number(own.out_next_seq);
  const applied = Number(own.in_applied);

  const selfForgot =
    position.inIncarnation > own.out_incarnation ||
    (position.inIncarnation === own.out_incarnation && position.inApplied >= next) ||
    (position.outIncarnation > own.in_incarnation && position.outConfirmed > 0) ||
    (position.outIncarnation === own.in_incarnation && position.outConfirmed > applied);
  const heard = Number(own.asked_confirmed);
  const peerForgot = position.recovery !== undefined && position.recovery !== own.recovery_served;
  const peerWillFindOut =
    (position.inIncarnation < own.out_incarnation && heard > 0) ||
    (position.inIncarnation === own.out_incarnation && position.inApplied < heard) ||
    position.outIncarnation < own.asked_incarnation ||
    (position.outIncarnation === own.asked_incarnation && position.outNext <= Number(own.asked_applied));

  // what was forgotten stays forgotten until the other side has begun to say everything again
  const selfForgotNow = selfForgot && own.recovery === null;
  if (selfForgotNow || peerForgot) {
    const minutes = Math.floor(clock.now().getTime() / MINUTE);
    await manager.query(
      `update link set out_incarnation = $2, out_next_seq = 1, out_confirmed = 0, restarts = restarts + 1,
         recovery = case when $3 then $4 else recovery end, recovery_served = coalesce($5, recovery_served),
         question = null, agreed_on = case when $3 then null else $6 end
       where peer = $1`,
      [
        peer,
        Math.max(own.out_incarnation + 1, position.inIncarnation + 1, minutes),
        selfForgotNow,
        randomName(),
        selfForgotNow ? null : (position.recovery ?? null),
        position.question,
      ],
    );
    await manager.query(
      `update outbox_message set seq = null, sent_at = null, attempts = 0 where peer = $1`,
      [peer],
    );
    return selfForgotNow ? 'self-forgot' : 'peer-forgot';
  }
  if (selfForgot || peerWillFindOut) return 'pending';
  const isOnItsWay = position.outNext > 1 && position.recovery === undefined;
  if (position.outIncarnation > own.in_incarnation && own.in_incarnation > 0 && isOnItsWay) return 'pending';
  await takeConfirmation(manager, peer, { incarnation: position.inIncarnation, upTo: position.inApplied });
  await manager.query(`update link set agreed_on = question where peer = $1`, [peer]);
  return 'agreed';
}

/**
 * Everything has been said again by a peer: this side knows what it had forgotten.
 * @param recovery which loss was answered; left out where any will do
 * @returns whether it was recovering from that
 */
export async function endRecovery(manager: EntityManager, peer: string, recovery?: string): Promise<boolean> {
  const [rows] = await manager.query<[unknown[], number]>(
    `update link set recovery = null where peer = $1 and recovery = coalesce($2, recovery) returning peer`,
    [peer, recovery ?? null],
  );
  return rows.length > 0;
}

/** Lets a peer know that it must say everything again, as after a loss of memory: something here is not as it should be. */
export async function beginRecovery(manager: EntityManager, peer: string): Promise<void> {
  await manager.query(`update link set recovery = $2 where peer = $1 and recovery is null`, [
    peer,
    randomName(),
  ]);
}

interface LinkRow {
  out_incarnation: number;
  out_next_seq: string;
  out_confirmed: string;
  in_incarnation: number;
  in_applied: string;
  question: string | null;
  asked_confirmed: string;
  asked_incarnation: number;
  asked_applied: string;
  recovery: string | null;
  recovery_served: string | null;
}

async function linkTo(manager: EntityManager, peer: string): Promise<LinkRow | undefined> {
  const [row] = await manager.query<[LinkRow?]>(
    `select out_incarnation, out_next_seq, out_confirmed, in_incarnation, in_applied,
       question, asked_confirmed, asked_incarnation, asked_applied, recovery, recovery_served
     from link where peer = $1`,
    [peer],
  );
  return row;
}
