import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { compiled } from '../../../../deploy/local/project-root.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { demoFile } from '../../test/demo-file.js';
import { environmentFor, startNode, temporaryFile, type TestNode } from '../../test/test-node.js';
import { Audit, AuditLine, SYSTEM } from '../audit/index.js';
import { ScheduledWorkState, WorkRunner } from '../scheduled-work/index.js';
import { operate } from './index.js';

const COVENANT = demoFile('midden-nederland', 'covenant');
const WORK = 'archive-destruction';

let database: TestDatabase;
let environment: Record<string, string>;
let node: TestNode;
beforeAll(async () => {
  database = await createTestDatabase();
  environment = environmentFor(database.url);
  node = await startNode(environment, database);
});
afterAll(async () => {
  await node.stop();
  await database.drop();
});

const done = async (...args: string[]): Promise<string> => {
  const outcome = await operate(args, environment);
  expect(outcome).toMatchObject({ code: 0, err: '' });
  return outcome.out;
};
const refused = async (...args: string[]): Promise<string> => {
  const outcome = await operate(args, environment);
  expect(outcome).toMatchObject({ code: 1, out: '' });
  return outcome.err;
};
const operator = () => node.as('mn-beheerder');

describe('the command line', () => {
  it('helps, and refuses with 2 what is no command', async () => {
    expect(await operate(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('covenant export'),
    });
    expect(await operate([])).toMatchObject({ code: 0 });
    for (const args of [
      ['work'],
      ['work', 'stop'],
      ['work', 'run'],
      ['work', 'list', 'x'],
      ['work', 'list', '--signal', 'MN-2026-000001'],
      ['covenant', 'check'],
      ['audit', 'search', '--who', 'x'],
    ])
      expect(await operate(args, environment)).toMatchObject({ code: 2, out: '' });
  });

  it('needs the settings of the node, and says which are wrong as the node does', async () => {
    const { code, err } = await operate(['work', 'list'], { ...environment, DATABASE_URL: '' });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^The configuration is not complete.*\n.*DATABASE_URL/),
    ]);
  });

  it('leaves a database alone that the node of this version has not brought up to date', async () => {
    const empty = await createTestDatabase();
    try {
      const { code, err } = await operate(['work', 'list'], { ...environment, DATABASE_URL: empty.url });
      expect([code, err]).toEqual([1, expect.stringContaining('Start the node of this version first')]);
    } finally {
      await empty.drop();
    }
  });

  it('is there as a program, which says when the database does not answer', async () => {
    const program = (settings: object) =>
      promisify(execFile)(
        process.execPath,
        [compiled('apps/regional-node/src/operator.ts'), 'covenant', 'export'],
        { env: { PATH: process.env.PATH, ...environment, ...settings } },
      );
    const { stdout, stderr } = await program({});
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^name: Verwijsindex Midden Nederland\n/);
    await expect(program({ DATABASE_URL: 'postgres://127.0.0.1:9/x' })).rejects.toMatchObject({
      ...{ code: 1, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') },
    });
  });
});

describe('the work of a node', () => {
  it('is listed as the API does', async () => {
    await node.app.get(WorkRunner, { strict: false }).look();
    const { body } = await (await operator()).get('/scheduled-work').expect(200);
    expect(JSON.parse(await done('work', 'list', '--json'))).toEqual(body);
    expect(await done('work', 'list')).toMatch(
      /^archive-destruction +2026-11-24T10:00:00.000Z +done, 0 items +2026-11-24T11:00:00.000Z +Het archief/m,
    );
  });

  it('is made due by an operator, in whose name it is in the logbook, and left to the node to do', async () => {
    const { manager } = node.dataSource;
    const before = await manager.findOneByOrFail(ScheduledWorkState, { name: WORK });
    expect(await done('work', 'run', WORK, '--as', 'mn-beheerder')).toContain(`${WORK} is due`);
    const after = await manager.findOneByOrFail(ScheduledWorkState, { name: WORK });
    expect(after).toEqual({ ...before, nextRunAt: expect.any(Date) as Date });
    expect(after.nextRunAt).not.toEqual(before.nextRunAt);
    const { id } = (await (await operator()).get('/me').expect(200)).body as { id: string };
    const [line] = await manager.find(AuditLine, { order: { id: 'desc' }, take: 1 });
    expect(line).toMatchObject({ actor: id, action: 'work-requested', fields: { work: WORK } });
  });

  it.each([
    ['somebody who is no operator', WORK, 'mn-leerkracht'],
    ['nobody', WORK, 'mn-nobody'],
    ['work that there is not', 'iets-anders', 'mn-beheerder'],
  ])('is not made due for %s', async (_who, name, account) => {
    const lines = await node.dataSource.manager.count(AuditLine);
    expect(await refused('work', 'run', name, '--as', account)).toMatch(
      account === 'mn-beheerder' ? /^Niet gevonden/ : /^Uw rol geeft hier geen toegang/,
    );
    expect(await refused('work', 'run', name)).toMatch(/^Uw rol/);
    expect(await node.dataSource.manager.count(AuditLine)).toBe(lines);
  });
});

describe('a covenant', () => {
  it('is checked as the API does', async () => {
    expect(await done('covenant', 'check', COVENANT)).toMatch(
      /^The covenant of Verwijsindex Midden Nederland is valid: \d+ organisations\.$/m,
    );
    const yaml = readFileSync(COVENANT, 'utf8');
    const { body } = await (await operator()).post('/covenant/_check').send({ yaml }).expect(200);
    expect(JSON.parse(await done('covenant', 'check', COVENANT, '--json'))).toEqual(body);
  });

  it('that is wrong is refused with every wrong part, as the API does', async () => {
    const yaml = readFileSync(COVENANT, 'utf8')
      .replace('shortName: MN', 'shortName: mn')
      .replace(/retentionMonths: \d+/, 'retentionMonths: 99');
    const file = temporaryFile(yaml);
    const { body } = await (await operator()).post('/covenant/_check').send({ yaml }).expect(422);
    const { invalidParams } = body as { invalidParams: { name: string; reason: string }[] };
    expect(invalidParams).toHaveLength(2);
    const text = await refused('covenant', 'check', file);
    for (const { name, reason } of invalidParams) expect(text).toContain(`  - ${name}: ${reason}`);
    const { code, out } = await operate(['covenant', 'check', file, '--json'], environment);
    expect([code, JSON.parse(out)]).toEqual([1, body]);
    expect(await refused('covenant', 'check', `${file}.none`)).toContain('cannot be read');
  });

  it('is exported as text that can be checked again', async () => {
    const text = await done('covenant', 'export');
    expect(await done('covenant', 'export', '1')).toBe(text);
    await done('covenant', 'check', temporaryFile(text));
    for (const none of ['2', 'x', '1.5'])
      expect(await refused('covenant', 'export', none)).toMatch(/^Niet gevonden/);
  });
});

describe('the logbook', () => {
  it('is searched for a signal, also by the number that took its place', async () => {
    const audit = node.app.get(Audit, { strict: false });
    const { manager } = node.dataSource;
    const [first, second] = ['MN-2026-000001', 'MN-2026-000002'];
    await audit.record(manager, SYSTEM, 'signal-filed', { signal: first });
    await audit.record(manager, SYSTEM, 'signal-filed', { signal: 'MN-2026-000003' });
    await audit.record(manager, SYSTEM, 'signal-renewed', { signal: first, renewed: second });
    const search = async (...args: string[]) =>
      JSON.parse(await done('audit', 'search', ...args, '--json')) as {
        lines: { action: string }[];
        next?: string;
      };
    expect((await search('--signal', first)).lines.map(({ action }) => action)).toEqual([
      'signal-renewed',
      'signal-filed',
    ]);
    expect((await search('--signal', second)).lines).toHaveLength(1);
    const { body } = await (await operator()).get(`/audit?signal=${first}&limit=1`).expect(200);
    const page = await search('--signal', first, '--limit', '1');
    expect(page).toEqual(body);
    expect((await search('--signal', first, '--before', page.next!)).lines).toHaveLength(1);
    expect(await done('audit', 'search', '--signal', first)).toMatch(
      /system +signal-renewed +signal MN-2026-000001, renewed MN-2026-000002$/m,
    );
    expect(await refused('audit', 'search', '--signal', '999910000')).toMatch(
      /signal: Vul een signaalnummer in/,
    );
  });
});
