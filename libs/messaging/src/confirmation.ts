import type { Confirm } from '#libs/protocol';
import type { EntityManager } from 'typeorm';

/**
 * Takes a peer's confirmation, in the transaction that received it.
 * A confirmation of another incarnation, or of numbers never given out, changes nothing.
 * @returns whether it was one of ours
 */
export async function takeConfirmation(
  manager: EntityManager,
  peer: string,
  confirm: Confirm,
): Promise<boolean> {
  const [rows] = await manager.query<[unknown[], number]>(
    `update link set out_confirmed = greatest(out_confirmed, $3::bigint)
     where peer = $1 and out_incarnation = $2 and $3::bigint < out_next_seq returning peer`,
    [peer, confirm.incarnation, confirm.upTo],
  );
  if (rows.length === 0) return false;
  await manager.query(`delete from outbox_message where peer = $1 and seq <= $2`, [peer, confirm.upTo]);
  if (confirm.resendFrom !== undefined) {
    await manager.query(`update outbox_message set sent_at = null where peer = $1 and seq >= $2`, [
      peer,
      confirm.resendFrom,
    ]);
  }
  return true;
}
