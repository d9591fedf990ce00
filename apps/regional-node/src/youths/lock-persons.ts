import type { EntityManager } from 'typeorm';

/** Advisory locks with two numbers never meet those with one, which persons have. */
const EVERYBODY = [1, 0];

/**
 * Holds back others who file, end or match on the same persons until the transaction ends, so that signals filed at
 * the same moment see each other. Take it before reading or writing rows, and once in a transaction: the order by
 * value is what keeps two transactions from waiting for each other.
 * @param indexes blind indexes of the youth and the parents.
 */
export async function lockPersons(manager: EntityManager, indexes: readonly Buffer[]): Promise<void> {
  await manager.query('select pg_advisory_xact_lock_shared($1, $2)', EVERYBODY);
  const keys = [...new Set(indexes.map((index) => index.readBigInt64BE(0)))];
  for (const key of keys.sort((a, b) => (a < b ? -1 : 1))) {
    await manager.query('select pg_advisory_xact_lock($1)', [key.toString()]);
  }
}

/**
 * Holds back everybody who files, ends or matches, on whomever: for what touches the rows of all persons, in an order of its own. Take it
 * before anything else.
 */
export async function lockEverybody(manager: EntityManager): Promise<void> {
  await manager.query('select pg_advisory_xact_lock($1, $2)', EVERYBODY);
}
