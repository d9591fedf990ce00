import type { EntityManager } from 'typeorm';
import type { Hello } from '#libs/protocol';
import { takeConfirmation } from './confirmation.js';

/** How often the other side must say the same strange thing: once may be an old message that the broker delivers again. */
const DOUBTS = 2;

/** What we know of the other side's messages, for it to compare. */
export async function helloTo(manager: EntityManager, peer: string): Promise<Hello> {
  const [link] = await manager.query<[{ in_incarnation: number; in_applied: string }?]>(
    `select in_incarnation, in_applied from link where peer = $1`,
    [peer],
  );
  return { inIncarnation: link?.in_incarnation ?? 0, inApplied: Number(link?.in_applied ?? 0) };
}

/**
 * Compares what the other side knows of our messages with what we gave out and what it confirmed.
 *
 * In step: it is a confirmation like any other. Not heard of our incarnation yet: nothing to do, our messages are on their way. Anything
 * else means that one of us lost its memory: a database lost, or restored from a backup. Then a new incarnation begins, later than any
 * that either side knows; what waits is put in the new order, and the caller says everything else again. The link's row is locked by
 * the caller.
 * @returns whether a new incarnation began
 */
export async function takeHello(manager: EntityManager, peer: string, hello: Hello): Promise<boolean> {
  const [link] = await manager.query<[LinkRow]>(
    `select out_incarnation, out_next_seq, out_confirmed, doubts from link where peer = $1 for update`,
    [peer],
  );
  const confirmed = Number(link.out_confirmed);
  const inStep =
    hello.inIncarnation === link.out_incarnation &&
    hello.inApplied >= confirmed &&
    hello.inApplied < Number(link.out_next_seq);
  const notHeardYet = hello.inIncarnation < link.out_incarnation && confirmed === 0;
  if (inStep || notHeardYet) {
    await manager.query(`update link set doubts = 0 where peer = $1`, [peer]);
    if (inStep)
      await takeConfirmation(manager, peer, { incarnation: hello.inIncarnation, upTo: hello.inApplied });
    return false;
  }
  if (link.doubts + 1 < DOUBTS) {
    await manager.query(`update link set doubts = doubts + 1 where peer = $1`, [peer]);
    return false;
  }
  await manager.query(
    `update link set out_incarnation = $2, out_next_seq = 1, out_confirmed = 0, doubts = 0, restarts = restarts + 1 where peer = $1`,
    [peer, Math.max(link.out_incarnation, hello.inIncarnation) + 1],
  );
  await manager.query(`update outbox_message set seq = null, sent_at = null, attempts = 0 where peer = $1`, [
    peer,
  ]);
  return true;
}

interface LinkRow {
  out_incarnation: number;
  out_next_seq: string;
  out_confirmed: string;
  doubts: number;
}
