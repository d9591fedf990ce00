import type { DataSource } from 'typeorm';

/** A statement that a node sent to its database, and how many rows came back or changed. */
export interface Statement {
  sql: string;
  rows: number;
}

type Query = (sql: string, parameters?: unknown[], structured?: boolean) => Promise<unknown>;

/** Runs `work` and tells which statements it took, in their order, without the values. */
export async function statementsOf(
  dataSource: DataSource,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const taken: Statement[] = [];
  const runner = dataSource.createQueryRunner();
  const prototype = Object.getPrototypeOf(runner) as { query: Query };
  await runner.release();
  const { query } = prototype;
  prototype.query = async function (this: unknown, sql, parameters, structured) {
    const statement = { sql, rows: 0 };
    taken.push(statement);
    const answer = await query.call(this, sql, parameters, structured);
    const rows = Array.isArray(answer) ? answer : (answer as { records?: unknown[] } | undefined)?.records;
    statement.rows = rows?.length ?? 0;
    return answer;
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return taken;
}
