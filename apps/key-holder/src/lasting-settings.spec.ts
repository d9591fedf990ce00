import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { migrate } from '#libs/database';
import { SealingKey } from '#libs/sealing';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { keyHolderDatabase } from './app.module.js';
import { purposeOf } from './ceremony/index.js';
import type { KeyHolderConfig } from './config.js';
import { checkLastingSettings } from './lasting-settings.js';

const another = () => randomBytes(32).toString('base64');

describe('a key holder that starts', () => {
  const shareKey = another();
  let database: TestDatabase;
  let data: DataSource;
  beforeEach(async () => {
    database = await createTestDatabase();
    await migrate(keyHolderDatabase(database.url));
    data = await new DataSource(keyHolderDatabase(database.url)).initialize();
  });
  afterEach(async () => {
    await data?.destroy();
    await database?.drop();
  });
  const start = (key: string, keyHolder = 'holder-1') =>
    checkLastingSettings({ databaseUrl: database.url, shareKey: key, keyHolder } as KeyHolderConfig);
  const refusal = /^SHARE_KEY: is not the one that this database was made with/;

  it('refuses another SHARE_KEY than that of the empty database that it started on first', async () => {
    await start(shareKey);
    await expect(start(another())).rejects.toThrow(refusal);
    await start(shareKey);
  });

  it('does not take a wrong SHARE_KEY, or the share of another holder, at the upgrade for the right one', async () => {
    const sealed = new SealingKey(shareKey).seal(purposeOf('holder-1', 'share', 1), randomBytes(32));
    await data.query(`insert into epoch_key (epoch, stage, share_sealed) values (1, 'ready', $1)`, [sealed]);
    await expect(start(another())).rejects.toThrow(refusal);
    await expect(start(shareKey, 'holder-2')).rejects.toThrow(refusal);
    await start(shareKey);
    await expect(start(another())).rejects.toThrow(refusal);
  });
});
