import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Bsn } from '#libs/bsn';
import type { RegionalNodeConfig } from '../config.js';
import { personRegisterWith } from '../../test/person-register.js';
import ownAnswers from '../../test/register-answers.json' with { type: 'json' };
import type { LookUp, PersonRegister } from './index.js';
import type { RegisterAnswer } from './register-answer.js';

const consultation = { actor: 'someone', purpose: 'file' } as const;
const bsn = Bsn.parse('999910000');
const SANNE = { burgerservicenummer: '999910000', naam: { volledigeNaam: 'Sanne Voorbeeld' } };

let respond: (query: Record<string, unknown>, response: ServerResponse, request: IncomingMessage) => void;
let queries: Record<string, unknown>[];
let recorded: unknown[];
let heard: RegisterAnswer[];
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += String(chunk)));
  request.on('end', () => {
    const query = JSON.parse(text) as Record<string, unknown>;
    queries.push(query);
    respond(query, response, request);
  });
});
const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};
const answer = (...personen: unknown[]) => {
  respond = (_query, response) => json(response, 200, { personen });
};

const problem = (response: ServerResponse, status: number, document: object = {}): void => {
  const body = { type: 'about:blank', title: 'Fout', status, ...document };
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(body));
};

/** What is expected of a person; parts that are not named may be anything. */
interface Expected {
  outcome: string;
  name?: string;
  deceased?: boolean;
  isProtected?: boolean;
  parents?: string[];
  residence?: { municipality: string; asOf?: string } | null;
  birthDate?: { type: string };
}
function expectAnswer(found: LookUp, { outcome, residence, parents, ...rest }: Expected): void {
  expect(found.outcome).toBe(outcome);
  if (found.outcome !== 'found') return;
  expect(found.person).toMatchObject(rest);
  if (parents) expect(found.person.parents.map((parent) => parent.revealDigits())).toEqual(parents);
  if (residence !== undefined) expect(found.person.residence).toEqual(residence ?? undefined);
}

const SHARED_ANSWERS = '../shared/cases/register-answers.json';
/** What the given cases say in words. */
const SHARED: Record<string, Expected> = {
  'moved-abroad': { outcome: 'found', residence: null },
  'parent-null': { outcome: 'found', parents: ['999910024'] },
  'other-bsn-than-asked': { outcome: 'not-found' },
  'suspended-R': { outcome: 'found', deceased: false },
  'died-day-unknown': { outcome: 'found', deceased: true },
  'person-empty': { outcome: 'not-found' },
  'parents-without-bsn': { outcome: 'found', parents: [] },
};
const sharedAnswers = existsSync(SHARED_ANSWERS)
  ? (JSON.parse(readFileSync(SHARED_ANSWERS, 'utf8')) as { id: string; asked?: string; persoon: unknown }[])
  : [];
if (sharedAnswers.length === 0)
  process.stderr.write('skipped: the given answers of the register are not here\n');

let register: PersonRegister;
let config: Partial<RegionalNodeConfig>;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  config = { personRegisterUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/brp/` };
  recorded = [];
  heard = [];
  register = personRegisterWith(config, { recorded, heard });
});
afterAll(() => server.close());
beforeEach(() => {
  queries = [];
  recorded.length = 0;
  heard.length = 0;
});

describe('the person register', () => {
  it('is asked by POST for the needed fields only, with the key when there is one', async () => {
    const seen: unknown[] = [];
    respond = (_query, response, { method, url, headers }) => {
      seen.push([method, url, headers['x-api-key']]);
      json(response, 200, { personen: [SANNE] });
    };
    await register.findByBsn(bsn, consultation);
    config.personRegisterApiKey = 'sleutel';
    await register.findByBsn(bsn, consultation);
    delete config.personRegisterApiKey;
    expect(seen).toEqual([
      ['POST', '/api/brp/personen', undefined],
      ['POST', '/api/brp/personen', 'sleutel'],
    ]);
    expect(queries[0]).toEqual({
      type: 'RaadpleegMetBurgerservicenummer',
      burgerservicenummer: ['999910000'],
      fields: [
        'burgerservicenummer',
        'naam.volledigeNaam',
        'geboorte.datum',
        'gemeenteVanInschrijving',
        'datumInschrijvingInGemeente',
        'ouders.burgerservicenummer',
      ],
    });
  });

  it('is told by the headers of the gateway for what and for whom it is asked', async () => {
    let seen: unknown[] = [];
    respond = (_query, response, { headers }) => {
      seen = [headers['x-doelbinding'], headers['x-gebruiker'], headers.accept];
      json(response, 200, { personen: [SANNE] });
    };
    config.personRegisterHeaders = {
      'X-DOELBINDING': 'Jeugdwet',
      'X-GEBRUIKER': 'regio {user}',
      Accept: '*/*',
    };
    await register.findByBsn(bsn, consultation);
    config.personRegisterHeaders = {};
    expect(seen).toEqual(['Jeugdwet', 'regio someone', 'application/json']);
  });

  it('is not asked for fields that are switched off', async () => {
    config.personRegisterFieldsOff = ['ouders.burgerservicenummer', 'datumInschrijvingInGemeente'];
    answer(SANNE);
    const found = await register.findByBsn(bsn, consultation);
    config.personRegisterFieldsOff = [];
    expect(queries[0]!.fields).toEqual([
      'burgerservicenummer',
      'naam.volledigeNaam',
      'geboorte.datum',
      'gemeenteVanInschrijving',
    ]);
    expect(found).toMatchObject({ outcome: 'found', person: { parents: [] } });
  });

  it('gives the parents whom the youth has there, each once, and no number that cannot be one', async () => {
    const ouders = [
      { burgerservicenummer: '999910012' },
      {},
      { burgerservicenummer: '999910012' },
      { burgerservicenummer: '123456789' },
    ];
    answer({ ...SANNE, ouders });
    const found = await register.findByBsn(bsn, consultation);
    expect(found.outcome === 'found' && found.person.parents.map((parent) => parent.revealDigits())).toEqual([
      '999910012',
    ]);
  });

  it('is asked who has authority over a minor only in a region that may', async () => {
    const gezag = [{ type: 'Voogdij', minderjarige: { burgerservicenummer: '999910000' } }];
    answer({ ...SANNE, gezag });
    const asked = { actor: 'someone', purpose: 'inform' } as const;
    expect(await register.representativesOf(bsn, asked)).toBeUndefined();
    expect([queries, recorded]).toEqual([[], []]);
    config.personRegisterAuthority = true;
    try {
      expect(await register.representativesOf(bsn, asked)).toBe('guardian');
      expect(queries).toMatchObject([{ fields: ['burgerservicenummer', 'gezag'] }]);
      expect(recorded).toHaveLength(1);
      for (const odd of [
        undefined,
        null,
        'x',
        {},
        [null],
        [{ type: 'Voogdij' }],
        [{ ...gezag[0], type: 3 }],
      ]) {
        answer({ ...SANNE, gezag: odd });
        expect(await register.representativesOf(bsn, asked)).toBeUndefined();
      }
      answer({ ...SANNE, gezag: [{ ...gezag[0], inOnderzoek: true }] });
      expect(await register.representativesOf(bsn, asked)).toBeUndefined();
      respond = (_query, response) => json(response, 503, {});
      expect(await register.representativesOf(bsn, asked)).toBeUndefined();
    } finally {
      delete config.personRegisterAuthority;
    }
  });

  it('says where somebody lives and since when, but not of a protected address', async () => {
    const living = {
      ...SANNE,
      gemeenteVanInschrijving: { code: '0344' },
      datumInschrijvingInGemeente: { type: 'JaarMaandDatum', jaar: 2020, maand: 5 },
    };
    answer(living);
    expect(await register.findByBsn(bsn, consultation)).toMatchObject({
      person: { isProtected: false, residence: { municipality: '0344', asOf: '2020-05-01' } },
    });
    answer({ ...living, geheimhoudingPersoonsgegevens: true });
    expect(await register.findByBsn(bsn, consultation)).toMatchObject({
      person: { isProtected: true, residence: undefined },
    });
  });

  it.each([
    ['3580 ZA  UTRECHT', false, '3580ZA'],
    ['3580 ZA  UTRECHT', true, undefined],
    ['3580ZA', false, '3580ZA'],
    ['B-1000 BRUSSEL', false, undefined],
    ['0580 ZA  UTRECHT', false, undefined],
    [undefined, false, undefined],
  ])('reads the postcode of %s, secret: %s', async (adresregel2, secret, postcode) => {
    answer({ ...SANNE, adressering: { adresregel2 }, geheimhoudingPersoonsgegevens: secret });
    expect(await register.findByBsn(bsn, consultation)).toMatchObject({ person: { postcode } });
  });

  it('tells the dead, and a birth date of which nothing is known', async () => {
    answer({ ...SANNE, opschortingBijhouding: { reden: { code: 'O' } } });
    expect(await register.findByBsn(bsn, consultation)).toMatchObject({
      person: { deceased: true, birthDate: { type: 'DatumOnbekend' } },
    });
    answer({ ...SANNE, opschortingBijhouding: { reden: { code: 'E' } } });
    expect(await register.findByBsn(bsn, consultation)).toMatchObject({ person: { deceased: false } });
  });

  it.each(ownAnswers as { id: string; persoon: unknown; expect: Expected }[])('reads $id', async (own) => {
    const { persoon, expect: expected } = own;
    answer(persoon);
    expectAnswer(await register.findByBsn(bsn, consultation), expected);
  });

  for (const { id, asked, persoon } of sharedAnswers)
    it(`reads the given case ${id}`, async () => {
      answer(persoon);
      const found = await register.findByBsn(Bsn.parse(asked ?? '999910000'), consultation);
      expect(Object.keys(SHARED)).toContain(id);
      expectAnswer(found, SHARED[id]!);
    });

  it('is read in batches of twenty', async () => {
    const numbers = Array.from({ length: 45 }, () => bsn);
    answer(SANNE);
    const names = await register.namesOf(numbers, { ...consultation, purpose: 'list' });
    expect(names?.get('999910000')?.name).toBe('Sanne Voorbeeld');
    expect(queries.map(({ burgerservicenummer }) => (burgerservicenummer as string[]).length)).toEqual([
      20, 20, 5,
    ]);
  });

  it.each<[string, typeof respond]>([
    ['fails', (_query, response) => problem(response, 500, { code: 'serverError' })],
    ['is away behind its gateway', (_query, response) => problem(response, 502)],
    ['is overloaded', (_query, response) => problem(response, 503)],
    ['has too many questions', (_query, response) => problem(response, 429, { code: 'tooManyRequests' })],
    ['gives up waiting', (_query, response) => problem(response, 408)],
    ['answers no JSON', (_query, response) => void response.writeHead(200).end('<html>')],
    ['answers nothing', (_query, response) => void response.writeHead(200).end()],
    ['answers null', (_query, response) => json(response, 200, null)],
    ['answers a number', (_query, response) => json(response, 200, 5)],
    ['answers something else', (_query, response) => json(response, 200, { personen: 'geen' })],
    ['hangs up', (_query, response) => void response.destroy()],
    [
      'stops halfway',
      (_query, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
        response.write('{"personen":[', () => response.destroy());
      },
    ],
    [
      'answers without end',
      (_query, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const more = (): void => {
          while (response.writable && response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
    ],
    [
      'sends us elsewhere',
      (_query, response) => void response.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end(),
    ],
  ])('is unavailable when it %s', async (_, behaviour) => {
    respond = behaviour;
    expect(await register.findByBsn(bsn, consultation)).toEqual({ outcome: 'unavailable' });
    expect(await register.namesOf([bsn], consultation)).toBeUndefined();
    expect(heard.map(({ outcome }) => outcome)).not.toContain('refused');
  });

  it.each<[number, object, object]>([
    [401, { code: 'authentication' }, { status: 401, code: 'authentication' }],
    [403, { code: 'unauthorized' }, { status: 403, code: 'unauthorized' }],
    [
      403,
      { code: 'unauthorizedField', invalidParams: [{ name: 'fields[5]' }, { name: '999910000' }, null] },
      { status: 403, code: 'unauthorizedField', parameters: ['fields[5]'] },
    ],
    [
      400,
      {
        code: 'paramsValidation',
        invalidParams: [{ name: 'fields[2]', code: 'fields', reason: 'onbekend' }],
      },
      { status: 400, code: 'paramsValidation', parameters: ['fields[2]'] },
    ],
    [404, { code: 'notFound' }, { status: 404, code: 'notFound' }],
    [405, { code: 'methodNotAllowed' }, { status: 405, code: 'methodNotAllowed' }],
    [406, { code: 'notAcceptable' }, { status: 406, code: 'notAcceptable' }],
    [415, { code: '999910000' }, { status: 415 }],
    [418, {}, { status: 418 }],
  ])('refuses with status %s, which waiting does not mend', async (status, document, refusal) => {
    respond = (_query, response) => problem(response, status, document);
    expect(await register.findByBsn(bsn, consultation)).toEqual({ outcome: 'refused' });
    expect(await register.namesOf([bsn], consultation)).toBeUndefined();
    expect(await register.personsOf([bsn, bsn], consultation)).toBe('refused');
    expect(queries).toHaveLength(3);
    expect(heard[0]).toEqual({ outcome: 'refused', refusal: { by: 'register', ...refusal } });
  });

  it('refuses a page of a gateway too', async () => {
    respond = (_query, response) =>
      void response.writeHead(403, { 'Content-Type': 'text/html' }).end('<html>');
    expect(await register.findByBsn(bsn, consultation)).toEqual({ outcome: 'refused' });
  });

  it('is asked once more when the gateway closes the connection under a question', async () => {
    const used = new WeakSet<object>();
    respond = (_query, response, { socket }) => {
      if (used.has(socket)) return void socket.destroy();
      used.add(socket);
      json(response, 200, { personen: [SANNE] });
    };
    for (let times = 0; times < 5; times += 1) {
      expect(await register.findByBsn(bsn, consultation)).toMatchObject({ outcome: 'found' });
      // else the connection is not free yet, and the next question opens another one
      await pause(50);
    }
    expect(queries.length).toBeGreaterThan(5);
  });

  it('is asked twice at most when it always hangs up', async () => {
    respond = (_query, response) => void response.destroy();
    await register.findByBsn(bsn, consultation);
    expect(queries).toHaveLength(2);
  });

  describe('asked about many', () => {
    const three = ['999910000', '999910036', '999910048'].map((digits) => Bsn.parse(digits));
    const [odd, other, third] = three as [Bsn, Bsn, Bsn];
    const persons = three.map((number) => ({ burgerservicenummer: number.revealDigits() }));
    const verify = { ...consultation, purpose: 'verify' } as const;
    /** Answers right, but misbehaves as soon as the first of them is asked about. */
    const breaksOn = (behaviour: (response: ServerResponse) => void) => {
      respond = ({ burgerservicenummer: asked }, response) =>
        (asked as string[]).includes(odd.revealDigits())
          ? behaviour(response)
          : json(response, 200, {
              personen: persons.filter((person) => (asked as string[]).includes(person.burgerservicenummer)),
            });
    };
    const read = async () => {
      const answered = await register.personsOf(three, verify);
      if (typeof answered === 'string') return answered;
      return { found: [...answered.persons.keys()].sort(), unanswered: answered.unanswered };
    };
    const ALL_BUT_ODD = {
      found: [other, third].map((each) => each.revealDigits()).sort(),
      unanswered: [odd],
    };

    it('answers at once when all is well', async () => {
      answer(...persons);
      expect(await read()).toEqual({
        found: persons.map((person) => person.burgerservicenummer).sort(),
        unanswered: [],
      });
      expect(queries).toHaveLength(1);
    });

    it.each([
      ['null', null],
      ['no object', 'x'],
      ['a number that is no text', { burgerservicenummer: 999910000 }],
      ['parents that are no list', { burgerservicenummer: '999910000', ouders: 5 }],
    ])('leaves out one entry: %s', async (_what, entry) => {
      answer(entry, persons[1], persons[2]);
      const answered = await read();
      // an empty entry is somebody without data
      expect(answered).toEqual(entry === null ? { ...ALL_BUT_ODD, unanswered: [] } : ALL_BUT_ODD);
      expect(queries).toHaveLength(1);
    });

    it.each<[string, (response: ServerResponse) => void]>([
      ['an error', (response) => problem(response, 500)],
      ['no JSON', (response) => void response.writeHead(200).end('{"personen":[{"burgerserv')],
      ['half an answer', (response) => void response.writeHead(200, { 'Content-Length': '99' }).end('{')],
      ['no list', (response) => json(response, 200, {})],
      ['a closed connection', (response) => void response.destroy()],
    ])('is asked about one by one when one record gives %s', async (_what, behaviour) => {
      breaksOn(behaviour);
      expect(await read()).toEqual(ALL_BUT_ODD);
    });

    it('is asked about one by one when one record gives no answer in time', async () => {
      const held: ServerResponse[] = [];
      breaksOn((response) => void held.push(response));
      expect(await read()).toEqual(ALL_BUT_ODD);
      for (const response of held) response.destroy();
    }, 30_000);

    it('gives up soon when the register is away', async () => {
      respond = (_query, response) => problem(response, 503);
      expect(await read()).toBe('unavailable');
      expect(queries).toHaveLength(2);
    });

    it('takes nobody who was not asked about', async () => {
      answer(...persons, { burgerservicenummer: '999910012' });
      expect(await read()).toMatchObject({ unanswered: [] });
      expect((await register.namesOf(three, verify))?.size).toBe(3);
    });
  });

  it('is unavailable after five seconds of silence', async () => {
    const held: ServerResponse[] = [];
    respond = (_query, response) => void held.push(response);
    const start = performance.now();
    expect(await register.findByBsn(bsn, consultation)).toEqual({ outcome: 'unavailable' });
    expect(performance.now() - start).toBeLessThan(8_000);
    for (const response of held) response.destroy();
  });

  it('has every consultation in the logbook, with its outcome and without the person', async () => {
    answer(SANNE);
    await register.findByBsn(bsn, consultation);
    answer();
    await register.findByBsn(bsn, consultation);
    respond = (_query, response) => json(response, 500, {});
    await register.findByBsn(bsn, consultation);
    expect(recorded).toEqual(
      [
        ['found', 1],
        ['not-found', 0],
        ['unavailable', 0],
      ].map(([outcome, persons]) => [
        'someone',
        'person-register-consulted',
        { purpose: 'file', outcome, persons },
      ]),
    );
  });
});
