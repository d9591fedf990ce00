import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { Bsn } from '#libs/bsn';
import { ConfigurationError } from '#libs/configuration';
import { migrate } from '#libs/database';
import { SealingKey } from '#libs/sealing';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { environmentFor } from '../test/test-node.js';
import { nodeDatabase } from './app.module.js';
import { loadConfig } from './config.js';
import { BlindIndex } from './keys/index.js';
import { checkLastingSettings } from './lasting-settings.js';

describe('a node that starts', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  let data: DataSource;
  beforeEach(async () => {
    database = await createTestDatabase();
    environment = environmentFor(database.url);
    await migrate(nodeDatabase(database.url));
    data = await new DataSource(nodeDatabase(database.url)).initialize();
  });
  afterEach(async () => {
    await data?.destroy();
    await database?.drop();
  });

  const start = (other: Record<string, string> = {}) =>
    checkLastingSettings(loadConfig({ ...environment, ...other }));
  const another = () => randomBytes(32).toString('base64');
  /** As a release that kept nothing to know the keys by left it. */
  const storeYouth = async () => {
    const [id, bsn] = [randomUUID(), Bsn.parse('999910000')];
    const sealed = new SealingKey(environment.NODE_KEY!).seal(
      `youth-bsn/${id}`,
      Buffer.from(bsn.revealDigits()),
    );
    await data.query(
      `insert into youth (id, bsn_sealed, bsn_index, protected, created_at, verified_at)
       values ($1, $2, $3, false, now(), now())`,
      [id, sealed, new BlindIndex(environment.INDEX_KEY!).of('youth', bsn)],
    );
    await data.query(
      `insert into mail (id, message_id, to_address, subject, state, created_at, not_before, attempts)
       values ($1, 'a@midden-nederland.verwijsindex', 'a@voorbeeld.example', '', 'sent', now(), now(), 1)`,
      [id],
    );
  };
  const refusal = async (other: Record<string, string>): Promise<string> => {
    const error: unknown = await start(other).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  };

  const wrong = (variable: string) => ({ [variable]: variable === 'REGION' ? 'haaglanden' : another() });

  it.each(['NODE_KEY', 'INDEX_KEY', 'REGION'])(
    'refuses another %s than that of the empty database that it started on first',
    async (variable) => {
      await start();
      expect(await refusal(wrong(variable))).toMatch(
        new RegExp(`^${variable}: .*set it to the former value`),
      );
      await start();
    },
  );

  it.each(['NODE_KEY', 'INDEX_KEY', 'REGION'])(
    'does not take a wrong %s at the upgrade for the right one',
    async (variable) => {
      await storeYouth();
      expect(await refusal(wrong(variable))).toContain(variable);
      await start();
      expect(await refusal(wrong(variable))).toContain(variable);
    },
  );

  it('keeps nothing to know a key by while what is stored proves neither', async () => {
    await storeYouth();
    await data.query('delete from youth');
    await start({ NODE_KEY: another() });
    expect(await data.query(`select variable from setting_check order by 1`)).toEqual([
      { variable: 'REGION' },
    ]);
  });

  it('starts with one damaged row among others', async () => {
    await storeYouth();
    await data.query(
      `insert into youth (id, bsn_sealed, bsn_index, protected, created_at, verified_at)
       values ($1, 'x', 'y', false, '2020-01-01', now())`,
      [randomUUID()],
    );
    await start();
  });

  it('refuses a database that a newer release brought up to date, and says what to do', async () => {
    await data.query(
      `insert into migrations ("timestamp", name) values (9999999999999, 'Later9999999999999')`,
    );
    await expect(migrate(nodeDatabase(database.url))).rejects.toThrow(
      /^DATABASE_URL: a newer release .* start that release, or restore the backup/,
    );
  });
});
