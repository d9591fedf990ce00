import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { migrate } from '#libs/database';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { relayDatabase } from './app.module.js';
import type { RelayConfig } from './config.js';
import { checkLastingSettings } from './lasting-settings.js';
import { Pepper } from './pepper/index.js';

const another = () => randomBytes(32).toString('base64');

describe('a relay that starts', () => {
  const pepper = another();
  let database: TestDatabase;
  let data: DataSource;
  beforeEach(async () => {
    database = await createTestDatabase();
    await migrate(relayDatabase(database.url));
    data = await new DataSource(relayDatabase(database.url)).initialize();
  });
  afterEach(async () => {
    await data?.destroy();
    await database?.drop();
  });
  const start = (key: string) =>
    checkLastingSettings({ databaseUrl: database.url, pepper: key } as RelayConfig);
  const refusal = /^PEPPER: is not the one that this database was made with/;

  it('refuses another PEPPER than that of the empty database that it started on first', async () => {
    await start(pepper);
    await expect(start(another())).rejects.toThrow(refusal);
    await start(pepper);
  });

  it('does not take a wrong PEPPER at the upgrade for the right one', async () => {
    const [one, other] = [randomBytes(16), randomBytes(16)];
    await data.query(
      `insert into tag (region, handle, peppered_tag, epoch, incarnation, n, put_at) values ('a', $1, $1, 1, 1, 1, now())`,
      [one],
    );
    // a tag alone proves nothing
    await start(another());
    await data.query(
      `insert into match (match_id, region_a, handle_a, region_b, handle_b, epoch, found_at)
       values ($1, 'a', $2, 'b', $3, 1, now())`,
      [new Pepper(pepper).matchId({ region: 'a', handle: one }, { region: 'b', handle: other }), one, other],
    );
    await expect(start(another())).rejects.toThrow(refusal);
    await start(pepper);
    await expect(start(another())).rejects.toThrow(refusal);
  });
});
