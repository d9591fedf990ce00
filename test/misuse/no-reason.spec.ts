import { readFileSync } from 'node:fs';
import { demoFile } from '../../apps/regional-node/test/demo-file.js';
import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import {
  createNodeDatabase,
  startNode,
  temporaryFile,
  type TestNode,
} from '../../apps/regional-node/test/test-node.js';
import { AuditLine } from '../../apps/regional-node/src/audit/index.js';
import { Covenant } from '../../apps/regional-node/src/covenant/index.js';
import { Organisation, Professional } from '../../apps/regional-node/src/directory/index.js';
import { Mail } from '../../apps/regional-node/src/mails/index.js';
import { Signal } from '../../apps/regional-node/src/youths/index.js';

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});

const SCHOOL = 'basisschool-de-linde';
const idOf = async (subject: string) =>
  (await node.dataSource.manager.findOneByOrFail(Professional, { subject })).id;
const NEW = {
  ...{ subject: 'mn-nieuw', name: 'Olga Prins', function: 'Leerkracht', phone: '030-000 00 20' },
  ...{ email: 'olga.prins@utrecht.voorbeeld.example', organisation: SCHOOL },
};
const csvOf = (person: typeof NEW) => {
  const cells = [person.subject, person.name, person.function, person.phone, person.email];
  const line = [...cells, person.organisation, 'ja'].map((cell) => `"${cell.replaceAll('"', '""')}"`);
  return `subject;name;function;phone;email;organisation;designated\n${line.join(';')}\n`;
};
type Wrong = { name: string; code: string; reason: string };
/** Every way to write something of a person, with what was wrong; nothing changes where something is. */
const WAYS = {
  coordinator: async (change: Partial<typeof NEW>): Promise<Wrong[]> => {
    const coordinator = await node.as('mn-coordinator');
    const { body } = await coordinator.patch(`/professionals/${await idOf('mn-leerkracht')}`).send(change);
    return body.invalidParams ?? [];
  },
  import: async (change: Partial<typeof NEW>): Promise<Wrong[]> => {
    const csv = csvOf({ ...NEW, ...change });
    const { body } = await (await node.as('mn-coordinator')).post('/professionals/_import').send({ csv });
    return body.lines[0].wrong ?? [];
  },
  appointment: async (change: Partial<typeof NEW>): Promise<Wrong[]> => {
    const person = { ...NEW, subject: 'mn-benoemd', ...change };
    const request = { role: 'coordinator', person };
    const { body } = await (await node.as('mn-beheerder')).post('/appointments').send(request);
    const wrong: Wrong[] = body.invalidParams ?? [];
    return wrong.map((one) => ({ ...one, name: one.name.replace('person.', '') }));
  },
  file: async (change: Partial<typeof NEW>): Promise<Wrong[]> => {
    const { name, function: job, phone, email } = { ...NEW, ...change };
    const database = await createNodeDatabase();
    try {
      const all = readFileSync(demoFile('midden-nederland', 'directory'), 'utf8');
      const quoted = (text: string) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, escaped);
      const entry = [
        '',
        '  - subject: mn-nieuw',
        `    name: ${quoted(name)}`,
        `    function: ${quoted(job)}`,
        `    phone: ${quoted(phone)}`,
        `    email: ${quoted(email)}`,
        `    organisation: ${SCHOOL}`,
        '    roles: [professional]',
        '    designated: true',
      ].join('\n');
      const started = await startNode({ DIRECTORY_FILE: temporaryFile(all + entry) }, database);
      await started.stop();
      return [];
    } catch (error) {
      const { parts } = error as { parts?: Wrong[] };
      if (!parts) throw error;
      return parts.map((one) => ({ ...one, name: one.name.replace(/^professionals\[\d+\]\./, '') }));
    } finally {
      await database.drop();
    }
  },
};
const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
type Way = keyof typeof WAYS;
const ALL = Object.keys(WAYS) as Way[];
const stored = async () =>
  JSON.stringify([
    await node.dataSource.manager.find(Professional, { order: { id: 'asc' } }),
    await node.dataSource.manager.find(Organisation, { order: { id: 'asc' } }),
    await node.dataSource.manager.find(Signal, { order: { id: 'asc' } }),
  ]);

describe('the surname of a youth without BSN', () => {
  const youth = (surname: string) => ({ withoutBsn: true, surname, birthDate: '2014-02-03', sex: 'V' });
  const file = async (surname: string, subject = 'mn-leerkracht') =>
    (await node.as(subject)).post('/signals').send({ youth: youth(surname), informed: 'yes' });

  it.each([
    'Jansen, wordt thuis geslagen door vader, moeder drinkt, zie dossier',
    'Vader is agressief. School weet niets.',
    'Jansen wordt thuis geslagen door vader moeder drinkt zie',
    'Jansen (zie dossier)',
    'Jansen 2',
    `Jansen${'n'.repeat(75)}`,
    'Jansen\u3164',
    'J\u0430nsen',
    '=Jansen',
    '-Jansen',
  ])('holds no reason: %s', async (surname) => {
    const before = await stored();
    const { status, body } = await file(surname);
    expect([status, body.code]).toEqual([400, 'invalid-input']);
    expect(body.invalidParams).toEqual([expect.objectContaining({ name: 'youth.surname' })]);
    expect(await stored()).toBe(before);
  });

  it.each(["d'Angelo-Huis in ’t Veld", 'Ven-Van Roedelrode tot Broekzucht', 'El Ouazzânî', 'Prince jr.'])(
    'may be what the person register has: %s',
    async (surname) => expect((await file(surname)).status).toBe(201),
  );

  it('is shown to their own filer, and to nobody else in any answer, mail or line of the logbook', async () => {
    const surname = 'Zeldzaamheid';
    const { id } = (await file(surname)).body as { id: string };
    const other = (await file('ZELDZAAMHEID', 'mn-jeugdarts')).body as { id: string };
    await node.told();
    const own = await (await node.as('mn-leerkracht')).get(`/signals/${id}?expand=youth`).expect(200);
    expect(own.body.youth.name).toBe(surname);
    const { paths } = (await (await node.as('mn-leerkracht')).get('/openapi.json')).body as {
      paths: Record<string, Record<string, unknown>>;
    };
    const routes = Object.entries(paths)
      .filter(([path, methods]) => 'get' in methods && !/\{(?!id)/.test(path))
      .map(([path]) => path.replace('/api/v1', ''));
    expect(routes.length).toBeGreaterThan(15);
    const { matches } = (await (await node.as('mn-jeugdarts')).get('/matches')).body as {
      matches?: { id: string }[];
    };
    const ids = [id, ...(matches ?? []).map((match) => match.id)];
    const subjects = (await node.dataSource.manager.find(Professional)).map(({ subject }) => subject);
    let seen = 0;
    for (const subject of new Set(subjects)) {
      if (subject === 'mn-leerkracht') continue;
      const agent = await node.as(subject);
      for (const route of routes)
        for (const path of route.includes('{id}') ? ids.map((each) => route.replace('{id}', each)) : [route])
          for (const query of route.startsWith('/signals') ? ['', '?expand=youth'] : ['']) {
            const { status, text = '' } = await agent.get(`${path}${query}`);
            if (status < 300) seen += 1;
            expect({ subject, path, tells: text.includes(surname) }).toEqual({ subject, path, tells: false });
          }
    }
    expect(seen).toBeGreaterThan(50);
    const written = [await node.dataSource.manager.find(Mail), await node.dataSource.manager.find(AuditLine)];
    expect(JSON.stringify(written)).not.toMatch(new RegExp(surname, 'i'));
    for (const [subject, signal] of [
      ['mn-leerkracht', id],
      ['mn-jeugdarts', other.id],
    ] as const)
      await (
        await node.as(subject)
      )
        .post(`/signals/${signal}/_end`)
        .send({ reason: 'wrong-youth' })
        .expect(204);
  }, 600_000);
});

describe('the name of a professional', () => {
  it.each(['import', 'appointment', 'file'] as const)(
    'is a name as the person register has names, for whoever enters it: %s',
    async (way) => {
      const before = await stored();
      for (const name of [
        'Vader is agressief. School weet niets.',
        'Olga \u3164',
        'Olg\u0430 Prins',
        'Olga; kind 2',
      ])
        expect((await WAYS[way]({ name })).map((one) => one.name)).toEqual(['name']);
      expect(await stored()).toBe(before);
    },
  );
});

describe('the function of a professional', () => {
  it.each(ALL)('is one of the list of the covenant, which a refusal tells: %s', async (way) => {
    const before = await stored();
    for (const wanted of ['Leerkracht; kind wordt mishandeld', 'Conciërge', 'leerkracht', 'Jeugdagent']) {
      const wrong = await WAYS[way]({ function: wanted });
      expect(wrong).toMatchObject([{ name: 'function', code: 'unlisted' }]);
      expect(wrong[0]!.reason).toContain('“Contactpersoon, Coördinator verwijsindex, Intern begeleider,');
      expect(wrong[0]!.reason).not.toContain('mishandeld');
    }
    expect(await stored()).toBe(before);
    const listed = { function: 'Intern begeleider' };
    expect(await WAYS[way](way === 'coordinator' ? listed : { ...listed, subject: `mn-${way}` })).toEqual([]);
  });

  it('is offered as a list to who chooses it', async () => {
    const { functions } = (await (await node.as('mn-coordinator')).get('/professionals')).body;
    expect(functions).toEqual(expect.arrayContaining(['Intern begeleider', 'Leerkracht groep 7']));
    const { organisations } = (await (await node.as('mn-beheerder')).get('/appointments')).body;
    const police = organisations.find(({ id }: { id: string }) => id === 'politie-midden');
    expect(police.functions).toContain('Jeugdagent');
    expect(police.functions).not.toContain('Leerkracht');
  });

  it('stays for whoever has one that the list has no more, until it is changed', async () => {
    const coordinator = await node.as('mn-coordinator');
    const id = await idOf('mn-internbegeleider');
    const change = (body: object) => coordinator.patch(`/professionals/${id}`).send(body);
    const { name, phone, email } = await node.dataSource.manager.findOneByOrFail(Professional, { id });
    const person = { subject: 'mn-internbegeleider', name, phone, email, organisation: SCHOOL };
    await node.dataSource.manager.update(Professional, { id }, { function: 'Juf van vroeger' });
    await change({ function: 'Juf van vroeger', phone: '030-000 00 77' }).expect(200);
    expect(await WAYS.import({ ...person, function: 'Juf van vroeger' })).toEqual([]);
    await change({ function: 'Intern begeleider' }).expect(200);
    await change({ function: 'Juf van vroeger' }).expect(400);
  });

  it('has the usual list in a covenant from before such lists', async () => {
    const { manager } = node.dataSource;
    const covenant = await manager.findOneByOrFail(Covenant, { version: 1 });
    const { functions, ...before } = covenant.document;
    expect(functions).toBeDefined();
    const database = await createNodeDatabase();
    const { stringify } = await import('yaml');
    const file = readFileSync(demoFile('midden-nederland', 'directory'), 'utf8')
      .replace('Leerkracht groep 7', 'Leerkracht')
      .replace('Jeugdbeschermer in opleiding', 'Stagiair')
      .replace('Gezinswerker jonge kinderen', 'Gezinswerker');
    const settings = {
      COVENANT_FILE: temporaryFile(stringify(before)),
      DIRECTORY_FILE: temporaryFile(file),
    };
    const started = await startNode(settings, database);
    const { body } = await (await started.as('mn-coordinator')).get('/professionals').expect(200);
    expect(body.functions).toEqual(expect.arrayContaining(['Leerkracht', 'Mentor', 'Contactpersoon']));
    await started.stop();
    await database.drop();
  });
});

describe('what others see of somebody', () => {
  it.each([
    ['phone', '-030 0'],
    ['phone', '=1'],
    ['email', 'anna@xn--bcher-kva.example'],
    ['email', '"a b"@voorbeeld.example'],
    ['email', '\u0430nna@voorbeeld.example'],
    ['email', '=anna@voorbeeld.example'],
    ['function', 'Leer\u3164kracht'],
    ['function', '\u115f'],
    ['function', '\uffa0'],
    ['function', 'Leerkr\u0430cht'],
    ['function', '=HYPERLINK("x")'],
    ['function', '@SUM(1)'],
  ] as const)('is no trick in %s: %j', async (field, value) => {
    const before = await stored();
    for (const way of ['coordinator', 'import', 'appointment'] as const)
      expect((await WAYS[way]({ [field]: value })).map(({ name }) => name)).toContain(field);
    expect(await stored()).toBe(before);
  });

  it.each(['Leer\u3164huis', '\u3164', 'Dep\u043et', '=1+1', '@Depot', '+Depot', '-Depot'])(
    'is no trick in the name of a location or an organisation: %j',
    async (name) => {
      const before = await stored();
      const location = { id: 'depot', name, municipality: '0344', phone: '030-000 00 01' };
      const { status, body } = await (
        await node.as('mn-coordinator')
      )
        .put('/locations')
        .send({ locations: [location] });
      expect([status, body.invalidParams]).toMatchObject([400, [{ name: 'locations[0].name' }]]);
      const yaml = readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8').replace(
        'name: Basisschool De Linde',
        `name: ${JSON.stringify(name)}`,
      );
      const checked = await (await node.as('mn-beheerder')).post('/covenant/_check').send({ yaml });
      expect(JSON.stringify(checked.body)).toMatch(/organisations\[\d+\]\.name/);
      expect(await stored()).toBe(before);
    },
  );
});
