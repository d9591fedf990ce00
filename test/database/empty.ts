const DEADLOCK = '40P01';

/**
 * Empties tables of a program that runs. It may be at work on them in another order; PostgreSQL then ends either its work, which it does
 * again, or this.
 * @param tables names with commas between them
 */
export async function empty(
  dataSource: { query(sql: string): Promise<unknown> },
  tables: string,
): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await dataSource.query(`truncate ${tables} cascade`);
      return;
    } catch (error) {
      if (attempt === 5 || (error as { code?: string }).code !== DEADLOCK) throw error;
    }
}
