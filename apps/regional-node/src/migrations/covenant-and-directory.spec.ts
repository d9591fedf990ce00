import 'reflect-metadata';
import { databaseOptions, migrate } from '#libs/database';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { nodeDatabase } from '../app.module.js';
import { Covenant, readCovenant } from '../covenant/index.js';
import { MIGRATIONS } from './index.js';

/** A covenant as the first version of the program kept it. */
const BEFORE = {
  name: 'Verwijsindex Polder',
  shortName: 'PO',
  retentionMonths: 12,
  municipalities: [
    { code: '9001', name: 'Polderdam' },
    { code: '9002', name: 'Dijkstad' },
  ],
  organisations: [
    {
      id: 'school',
      name: 'School aan de Dijk',
      sector: 'education',
      kind: 'school',
      municipality: '9002',
      mayUseBsn: true,
    },
    {
      id: 'gemeente',
      name: 'Gemeente Polderdam',
      sector: 'social-support',
      kind: 'municipality',
      municipality: '9001',
      mayUseBsn: false,
    },
  ],
  leading: {
    order: ['municipality'],
    never: ['school'],
    tieBreak: 'earliest-signal',
    fallback: 'process-manager',
  },
};

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function connected<T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await new DataSource(nodeDatabase(database.url)).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

it('the covenant of the first version becomes version 1 of today’s, in force since its day in Amsterdam', async () => {
  await migrate(databaseOptions(database.url, [], MIGRATIONS.slice(0, 2)));
  await connected((dataSource) =>
    dataSource.query(
      `insert into covenant (version, document, source_hash, activated_at) values (1, $1, $2, $3)`,
      [BEFORE, Buffer.alloc(32), '2026-03-01T23:30:00Z'],
    ),
  );
  await migrate(nodeDatabase(database.url));
  const [covenant, ...more] = await connected((dataSource) => dataSource.manager.find(Covenant));
  expect(more).toEqual([]);
  const at = new Date('2026-03-01T23:30:00Z');
  expect(covenant).toMatchObject({
    ...{ version: 1, effectiveFrom: '2026-03-02', recordedAt: at, activatedAt: at, withdrawnAt: null },
  });
  const [school, town] = BEFORE.organisations.map(({ municipality, ...organisation }) => ({
    ...organisation,
    municipalities: [municipality],
  }));
  const document = {
    ...BEFORE,
    organisations: [school, town],
    leading: {
      ...{
        order: ['municipality'],
        never: ['school'],
        tieBreaks: ['earliest-signal'],
        fallback: 'process-manager',
      },
    },
    followUp: {
      stalledAfterWorkingDays: 5,
      escalatedAfterWorkingDays: 10,
      liberationDay: 'every-five-years',
    },
    mails: { logInToSee: [] },
    contacts: { confirmEveryMonths: 6 },
  };
  expect(covenant!.document).toEqual(document);
  // it is also what a covenant must be today
  expect({ ...readCovenant(JSON.stringify(covenant!.document)) }).toMatchObject(document);
});
