import { Client } from 'pg';
import { createTestDatabase } from './test-database.js';

const rows = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
};

describe('a test database', () => {
  it('is empty, apart from any other, and gone after drop, even while somebody is connected', async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    await rows(one.url, 'create table t (n int)');
    await expect(rows(other.url, 'select * from t')).rejects.toThrow(/does not exist/);

    const lingering = new Client({ connectionString: one.url });
    lingering.on('error', () => undefined);
    await lingering.connect();
    await one.drop();
    await expect(rows(one.url, 'select 1')).rejects.toThrow(/does not exist/);
    expect(await rows(other.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await other.drop();
  });
});
