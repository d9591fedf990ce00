import 'reflect-metadata';
import { databaseOptions, migrate } from '#libs/database';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { nodeDatabase } from '../app.module.js';
import { LookUpsCounted1764000000026 } from './0026-look-ups-counted.js';
import { MIGRATIONS } from './index.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function query<T>(text: string): Promise<T[]> {
  const dataSource = await new DataSource(nodeDatabase(database.url)).initialize();
  try {
    return await dataSource.query<T[]>(text);
  } finally {
    await dataSource.destroy();
  }
}

const id = (n: number) => `'00000000-0000-0000-0000-00000000000${n}'`;
const professional = (n: number, subject: string) =>
  `(${id(n)}, '${subject}', 'A', 'Leerkracht', 'school', '030', 'a@x.example', '{}', true, '2026-01-01')`;
const signal = (n: number, by: number, filedAt: string, sharedAt: string) =>
  `(${id(n)}, 'X-${n}', ${id(9)}, ${id(by)}, ${id(n)}, ${filedAt}, ${sharedAt}, '2027-02-03', 'expired')`;

it('counts the filer of a shared signal on an archived youth as told', async () => {
  const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(LookUpsCounted1764000000026));
  await migrate(databaseOptions(database.url, [], before));
  await query(`
    insert into organisation (id, name, sector, kind, locations) values ('school', 'School', 'education', 'school', '[]');
    insert into professional (id, subject, name, function, organisation_id, phone, email, roles, designated, contact_confirmed_on)
      values ${[professional(1, 'earlier'), professional(2, 'told'), professional(3, 'held')].join()};
    insert into youth (id, bsn_sealed, bsn_index, protected, verified_at, created_at)
      values (${id(9)}, 'x', 'youth', false, now(), now());
    insert into archived_signal (id, number, youth_index, bsn_sealed, professional_id, filed_at, ended_at, destroy_on, verified_at)
      values (${id(8)}, 'X-8', 'youth', 'x', ${id(1)}, '2026-01-01', '2026-02-01', '2030-01-01', now());
    insert into signal (id, number, youth_id, professional_id, entry_id, filed_at, shared_at, removal_date, removal_cause)
      values ${[
        signal(4, 1, `'2026-03-01'`, `'2026-03-01'`),
        signal(5, 2, `'2026-03-01'`, `'2026-03-01'`),
        signal(6, 3, `'2026-03-01'`, 'null'),
      ].join()}`);
  await migrate(nodeDatabase(database.url));
  const told = await query<object>('select archived_signal_id, professional_id, signal_id from archive_told');
  const plain = (n: number) => id(n).replaceAll("'", '');
  expect(told).toEqual([{ archived_signal_id: plain(8), professional_id: plain(2), signal_id: plain(5) }]);
});
