import 'reflect-metadata';
import { databaseOptions, migrate } from '#libs/database';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { nodeDatabase } from '../app.module.js';
import { WhetherInformed1764000000024 } from './0024-whether-informed.js';
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

it('forgets what was answered about informing, in signals and in the logbook, and nothing else', async () => {
  const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(WhetherInformed1764000000024));
  await migrate(databaseOptions(database.url, [], before));
  const id = (n: number) => `'00000000-0000-0000-0000-00000000000${n}'`;
  await query(`
    insert into organisation (id, name, sector, kind, locations) values ('school', 'School', 'education', 'school', '[]');
    insert into professional (id, subject, name, function, organisation_id, phone, email, roles, designated, contact_confirmed_on)
      values (${id(1)}, 'a', 'A', 'Leerkracht', 'school', '030', 'a@x.example', '{}', true, '2026-01-01');
    insert into youth (id, bsn_sealed, bsn_index, protected, verified_at, created_at)
      values (${id(2)}, 'x', 'youth', false, now(), now());
    insert into signal (id, number, youth_id, professional_id, entry_id, filed_at, removal_date, removal_cause, parents_informed)
      values (${id(3)}, 'X-1', ${id(2)}, ${id(1)}, ${id(3)}, now(), '2027-02-03', 'age', 'legal-exception');
    insert into audit_line (at, actor, action, fields) values
      (now(), 'a', 'signal-filed', '{"signal": "X-1", "parentsInformed": "legal-exception", "youth": "without-bsn"}'),
      (now(), 'a', 'signal-ended', '{"signal": "X-0"}')`);
  await migrate(nodeDatabase(database.url));
  const [signal] = await query<object>('select * from signal');
  expect(signal).toMatchObject({ number: 'X-1', inform_reminder_until: null });
  expect(JSON.stringify(signal)).not.toContain('legal-exception');
  expect(await query('select fields from audit_line order by id')).toEqual([
    { fields: { signal: 'X-1', youth: 'without-bsn' } },
    { fields: { signal: 'X-0' } },
  ]);
});
