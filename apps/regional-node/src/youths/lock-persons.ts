import type { EntityManager } from 'typeorm';

/**
 * Holds back others who file, end or match on the same persons until the transaction ends, so that signals filed at
 * the same moment see each other. Take it before reading or writing rows, and once in a transaction: the order by
 * value is what keeps two transactions from waiting for each other.
 * @param indexes blind indexes of the youth and the parents.
 */
export async function lockPersons(manager: EntityManager, indexes: readonly Buffer[]): Promise<void> {
  const keys = [...new Set(indexes.map((index) => index.readBigInt64BE(0)))];
  for (const key of keys.sort((a, b) => (a < b ? -1 : 1))) {
    await manager.query('select pg_advisory_xact_lock($1)', [key.toString()]);
  }
}
