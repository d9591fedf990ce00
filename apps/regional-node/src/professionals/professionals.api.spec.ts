import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { demoFile } from '../../test/demo-file.js';
import { startNode, temporaryFile, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Organisation, processManagersOf, Professional } from '../directory/index.js';

let database: TestDatabase;
let node: TestNode;
beforeAll(async () => {
  database = await createTestDatabase();
  node = await startNode({}, database);
});
afterAll(async () => {
  await node.stop();
  await database.drop();
});
const idOf = async (subject: string) =>
  (await node.dataSource.manager.findOneByOrFail(Professional, { subject })).id;

describe('somebody who is logged in', () => {
  it('sees themselves, the organisation and what they may do', async () => {
    const { body } = await (await node.as('mn-politie')).get('/me').expect(200);
    expect(body).toEqual({
      id: await idOf('mn-politie'),
      name: 'Fatima el Amrani',
      function: 'Jeugdagent',
      phone: '030-000 00 06',
      email: 'fatima.el.amrani@utrecht.voorbeeld.example',
      contact: { confirmedOn: '2026-11-24', confirmBefore: '2027-05-24' },
      contactChanges: [],
      roles: ['professional'],
      designated: true,
      organisation: {
        id: 'politie-midden',
        name: 'Politie Midden',
        signatory: true,
        sector: 'police-justice',
        kind: 'police',
        mayUseBsn: false,
      },
      covenant: 'Verwijsindex Midden Nederland',
      others: [],
    });
  });

  it('sees which colleagues may stand in: designated ones of the own organisation, and how to reach nobody', async () => {
    const { body } = await (await node.as('mn-leerkracht')).get('/stand-ins').expect(200);
    expect(body).toEqual({
      professionals: [
        { id: await idOf('mn-internbegeleider'), name: 'Bart Jansen', function: 'Intern begeleider' },
      ],
    });
  });

  it('sees the own absence that is planned', async () => {
    const professional = await node.as('mn-leerkracht');
    const id = await idOf('mn-leerkracht');
    const absence = { from: '2026-12-24', until: '2026-12-31' };
    await professional.post(`/professionals/${id}/_plan-absence`).send(absence).expect(200);
    expect((await professional.get('/me')).body.absence).toEqual(absence);
    await professional.post(`/professionals/${id}/_end-absence`).expect(204);
    expect((await professional.get('/me')).body.absence).toBeUndefined();
  });

  it('sees that the organisation did not sign', async () => {
    const { body } = await (await node.as('mn-trainer')).get('/me').expect(200);
    expect(body.organisation).toEqual({
      id: 'sportclub-de-meeuwen',
      name: 'Sportclub De Meeuwen',
      signatory: false,
      mayUseBsn: false,
    });
  });
});

describe('a coordinator', () => {
  it("lists the own organisation's people only", async () => {
    const { body } = await (await node.as('mn-coordinator')).get('/professionals').expect(200);
    expect(body.professionals.map(({ name }: { name: string }) => name)).toEqual([
      'Anna de Wit',
      'Bart Jansen',
      'Carla Mulder',
    ]);
  });

  it('changes contact data and designation, and the logbook names the fields but not their contents', async () => {
    const id = await idOf('mn-leerkracht');
    const change = { function: 'Intern begeleider', designated: false };
    const { body } = await (
      await node.as('mn-coordinator')
    )
      .patch(`/professionals/${id}`)
      .send(change)
      .expect(200);
    expect(body).toMatchObject({ id, name: 'Anna de Wit', ...change });
    expect(await node.dataSource.manager.findOneBy(Professional, { id })).toMatchObject(change);
    const [line] = await node.dataSource.manager.findBy(AuditLine, { action: 'professional-changed' });
    expect(line).toMatchObject({
      actor: await idOf('mn-coordinator'),
      fields: { professional: id, fields: ['function', 'designated'] },
    });
  });

  it('cannot tell people of another organisation from nobody', async () => {
    const coordinator = await node.as('mn-coordinator');
    const other = await idOf('mn-jeugdzorg');
    const answers = await Promise.all(
      [other, '3b241101-e2bb-4255-8caf-4136c566a962', 'niemand'].map((id) =>
        coordinator.patch(`/professionals/${id}`).send({ designated: false }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await node.dataSource.manager.findOneByOrFail(Professional, { id: other })).designated).toBe(
      true,
    );
  });

  it.each([
    [{ name: 'Iemand Anders' }, 'name'],
    [{ roles: ['operator'] }, 'roles'],
    [{ phone: 'bel mij' }, 'phone'],
    [{ phone: null }, 'phone'],
    [{ email: 'a@b.example, c@d.example' }, 'email'],
    [{ email: 'renée@utrecht.voorbeeld.example' }, 'email'],
    [{ email: '"anna"@utrecht.voorbeeld.example' }, 'email'],
    [{ function: 'Zie https://elders.example' }, 'function'],
    [{ function: 'a\nb' }, 'function'],
    [{ designated: 'ja' }, 'designated'],
  ])('cannot set %j', async (change, field) => {
    const id = await idOf('mn-leerkracht');
    const before = await node.dataSource.manager.findOneBy(Professional, { id });
    const { body } = await (
      await node.as('mn-coordinator')
    )
      .patch(`/professionals/${id}`)
      .send(change)
      .expect(400);
    expect(body.invalidParams[0].name).toBe(field);
    expect(await node.dataSource.manager.findOneBy(Professional, { id })).toEqual(before);
  });
});

describe('the directory file', () => {
  it('fills the database at the first start, and is not read any more', async () => {
    const id = await idOf('mn-leerkracht');
    await (
      await node.as('mn-coordinator')
    )
      .patch(`/professionals/${id}`)
      .send({ function: 'Intern begeleider' })
      .expect(200);
    await node.stop();
    const document = parse(readFileSync(demoFile('midden-nederland', 'directory'), 'utf8')) as {
      organisations: { name: string }[];
      professionals: { subject: string; roles: string[] }[];
    };
    document.organisations[0]!.name = 'Gemeente Utrecht-Stad';
    document.professionals.push({ ...document.professionals[0]!, subject: 'mn-nieuw', roles: ['operator'] });
    node = await startNode({ DIRECTORY_FILE: temporaryFile(stringify(document)) }, database);
    const { manager } = node.dataSource;
    expect(await manager.existsBy(Professional, { subject: 'mn-nieuw' })).toBe(false);
    expect((await manager.findOneByOrFail(Professional, { id })).function).toBe('Intern begeleider');
    expect((await manager.findOneByOrFail(Organisation, { id: 'gemeente-utrecht' })).name).toBe(
      'Gemeente Utrecht',
    );
    const imports = await manager.findBy(AuditLine, { action: 'directory-imported' });
    expect(imports.map(({ fields }) => fields)).toEqual([{ organisations: 10, professionals: 16 }]);
  });

  it('knows the process managers of a municipality', async () => {
    const managers = await processManagersOf(node.dataSource.manager, ['0307']);
    expect(managers.map(({ subject }) => subject)).toEqual(['mn-procesmanager-amersfoort']);
    expect(await processManagersOf(node.dataSource.manager, ['0599'])).toEqual([]);
  });
});
