import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrate } from '#libs/database';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/**
 * Registers the tests that the migrations of every program must pass. Call it inside a `describe`.
 * @param optionsOf the program's own connection to a database.
 * @param schemaFile what the migrations make, kept beside them so that review sees their effect;
 *   written anew when UPDATE_SCHEMA is set.
 */
export function checkSchema(optionsOf: (url: string) => DataSourceOptions, schemaFile: string): void {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('is, after the migrations of an empty database, what the entities say', async () => {
    await migrate(optionsOf(database.url));
    const dataSource = await new DataSource(optionsOf(database.url)).initialize();
    try {
      const missing = await dataSource.driver.createSchemaBuilder().log();
      expect(missing.upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('is what the schema file beside the migrations shows', async () => {
    await migrate(optionsOf(database.url));
    const schema = await schemaOf(database.url);
    if (process.env.UPDATE_SCHEMA) writeFileSync(schemaFile, schema);
    expect(existsSync(schemaFile) ? readFileSync(schemaFile, 'utf8') : '').toBe(schema);
  });

  it('stays as it is when the migrations run again', async () => {
    await migrate(optionsOf(database.url));
    const once = await schemaOf(database.url);
    await migrate(optionsOf(database.url));
    expect(await schemaOf(database.url)).toBe(once);
  });

  it('is made once when several programs start at the same moment', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(optionsOf(database.url))));
    const dataSource = await new DataSource(optionsOf(database.url)).initialize();
    try {
      const rows = await dataSource.query<{ name: string }[]>('select name from migrations');
      expect(rows.map(({ name }) => name)).toEqual(
        dataSource.migrations.map(({ constructor }) => constructor.name),
      );
    } finally {
      await dataSource.destroy();
    }
  });
}

/** The tables, sequences, constraints and indexes of a database as SQL text, in a steady order. */
export async function schemaOf(url: string): Promise<string> {
  const dataSource = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    const rows = await dataSource.query<{ statement: string }[]>(SCHEMA);
    return rows.map(({ statement }) => `${statement}\n`).join('\n');
  } finally {
    await dataSource.destroy();
  }
}

const SCHEMA = `
  with "relation" as (
    select c.oid, c.relname, c.relkind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S')
  ), "column" as (
    select a.attrelid, a.attnum, format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped
  ), "constraint" as (
    select conrelid, conname, format('  constraint %I %s', conname, pg_get_constraintdef(oid)) as line
    from pg_constraint where contype <> 'n'
  )
  select case when relkind = 'S' then format('create sequence %I;', relname) else
    format(E'create table %I (\\n%s\\n);', relname, (
      select string_agg(line, E',\\n' order by place, attnum, name) from (
        select 1 as place, attnum, '' as name, line from "column" where attrelid = r.oid
        union all
        select 2, 0, conname, line from "constraint" where conrelid = r.oid
      ) lines
    )) || coalesce((
      select string_agg(E'\\n' || pg_get_indexdef(i.indexrelid) || ';', '' order by i.indexrelid::regclass::text)
      from pg_index i
      where i.indrelid = r.oid and not exists (select from pg_constraint where conindid = i.indexrelid and conrelid = r.oid)
    ), '') end as statement
  from "relation" r
  order by relkind = 'S', relname`;
