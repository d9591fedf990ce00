import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createPreparedDatabase, createTestDatabase } from './test-database.js';

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

describe('a prepared database', () => {
  const unique = () => `spec_${randomBytes(4).toString('hex')}`;
  const makeTable = async (url: string) => void (await rows(url, 'create table t (n int)'));

  it('is prepared once, also for callers at the same moment, and each gets a copy of its own', async () => {
    const name = unique();
    let prepared = 0;
    const prepare = async (url: string) => {
      prepared += 1;
      await makeTable(url);
    };
    const copies = await Promise.all([1, 2, 3].map(() => createPreparedDatabase(name, prepare)));
    expect(prepared).toBe(1);
    await rows(copies[0]!.url, 'insert into t values (1)');
    expect(await rows(copies[1]!.url, 'select * from t')).toEqual([]);
    for (const copy of copies) await copy.drop();
  });

  it('is prepared anew after a preparation that failed half-way', async () => {
    const name = unique();
    const half = async (url: string) => {
      await makeTable(url);
      throw new Error('half-way');
    };
    await expect(createPreparedDatabase(name, half)).rejects.toThrow('half-way');
    const copy = await createPreparedDatabase(name, makeTable);
    expect(await rows(copy.url, 'select * from t')).toEqual([]);
    await copy.drop();
  });
});
