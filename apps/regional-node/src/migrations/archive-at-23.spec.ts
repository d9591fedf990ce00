import 'reflect-metadata';
import { databaseOptions, migrate } from '#libs/database';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { nodeDatabase } from '../app.module.js';
import { ArchiveAt231764000000015 } from './0015-archive-at-23.js';
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

const ID = (n: number) => `'00000000-0000-0000-0000-00000000000${n}'`;

it('what was archived before ends on the 23rd birthday as far as known, and the logbook counts no parents', async () => {
  const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(ArchiveAt231764000000015));
  await migrate(databaseOptions(database.url, [], before));
  await query(`
    insert into organisation (id, name, sector, kind, locations) values ('school', 'School', 'education', 'school', '[]');
    insert into professional (id, subject, name, function, organisation_id, phone, email, roles, designated, contact_confirmed_on)
      values (${ID(1)}, 'a', 'A', 'Leerkracht', 'school', '030', 'a@x.example', '{}', true, '2026-01-01');
    insert into youth (id, bsn_sealed, bsn_index, protected, verified_at, created_at)
      values (${ID(2)}, 'x', 'youth', false, now(), now());
    insert into signal (id, number, youth_id, professional_id, entry_id, filed_at, removal_date, removal_cause, parents_informed)
      values (${ID(3)}, 'X-1', ${ID(2)}, ${ID(1)}, ${ID(3)}, now(), '2027-02-03', 'age', 'yes');
    insert into archived_signal (id, number, youth_index, bsn_sealed, professional_id, filed_at, ended_at, destroy_on, verified_at) values
      (${ID(4)}, 'X-2', 'youth', 'x', ${ID(1)}, now(), now(), '2030-01-01', now()),
      (${ID(5)}, 'X-3', 'other', 'x', ${ID(1)}, now(), now(), '2030-01-01', now());
    insert into audit_line (at, actor, action, fields) values
      (now(), 'a', 'signal-filed', '{"signal": "X-1", "parentsInformed": "yes", "parentsCompared": 1}'),
      (now(), 'a', 'signal-filed', '{"signal": "X-2", "parentsInformed": "yes"}'),
      (now(), 'a', 'signal-linked', '{"signal": "X-2", "parentsCompared": 2}');
    insert into scheduled_work (name, next_run_at, failures) values
      ('register-verification', now() + interval '1 day', 0), ('other', now() + interval '1 day', 0)`);
  await migrate(nodeDatabase(database.url));
  expect(
    await query(`select number, destroy_on::text, verified_at < now() - interval '20 hours' as due
      from archived_signal order by number`),
  ).toEqual([
    { number: 'X-2', destroy_on: '2027-02-03', due: true },
    { number: 'X-3', destroy_on: '2030-01-01', due: true },
  ]);
  expect(await query(`select name from scheduled_work where next_run_at <= now()`)).toEqual([
    { name: 'register-verification' },
  ]);
  expect(await query(`select fields from audit_line order by id`)).toEqual([
    { fields: { signal: 'X-1' } },
    { fields: { signal: 'X-2', youth: 'without-bsn' } },
    { fields: { signal: 'X-2' } },
  ]);
});
