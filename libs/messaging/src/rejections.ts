import type { EntityManager } from 'typeorm';

/**
 * Counts messages of a peer that are not accepted, each by its reason, in the transaction that received them. What is written does not
 * grow with how many there are: nobody can fill a database, or a log, with bad messages.
 * @returns how often each reason occurs
 */
export async function countRejected(
  manager: EntityManager,
  peer: string,
  reasons: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const reason of [...reasons].sort()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size > 0)
    await manager.query(
      `insert into rejected_message as r (peer, reason, hour, count, last_at)
       select $1, reason, date_trunc('hour', $2::timestamptz), count, $2 from unnest($3::text[], $4::int[]) as n(reason, count)
       on conflict (peer, reason, hour) do update set count = r.count + excluded.count, last_at = excluded.last_at`,
      [peer, now, [...counts.keys()], [...counts.values()]],
    );
  return counts;
}
