import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bsn } from '#libs/bsn';
import { ProgramLogger } from '#libs/observability';
import { type DataSource } from 'typeorm';
import { type Audit } from '../audit/index.js';
import type { RegionalNodeConfig } from '../config.js';
import { PersonRegister } from './index.js';

const consultation = { actor: 'someone', purpose: 'file' } as const;
const bsn = Bsn.parse('999910000');
const SANNE = { burgerservicenummer: '999910000', naam: { volledigeNaam: 'Sanne Voorbeeld' } };

let respond: (query: Record<string, unknown>, response: ServerResponse, request: IncomingMessage) => void;
let queries: Record<string, unknown>[];
let recorded: unknown[];
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

let register: PersonRegister;
let config: { personRegisterUrl: string; personRegisterApiKey?: string; personRegisterAuthority?: boolean };
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  config = { personRegisterUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/brp/` };
  const audit = { record: async (...line: unknown[]) => void recorded.push(line.slice(1)) };
  register = new PersonRegister(
    config as RegionalNodeConfig,
    audit as unknown as Audit,
    { manager: {} } as DataSource,
    new ProgramLogger('test', 'silent'),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  queries = [];
  recorded = [];
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
        'geslacht',
        'gemeenteVanInschrijving',
        'datumInschrijvingInGemeente',
        'ouders.burgerservicenummer',
      ],
    });
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
    ['refuses', (_query, response) => json(response, 403, { code: 'unauthorized' })],
    ['fails', (_query, response) => json(response, 500, {})],
    ['answers no JSON', (_query, response) => void response.writeHead(200).end('<html>')],
    ['answers something else', (_query, response) => json(response, 200, { personen: 'geen' })],
    ['hangs up', (_query, response) => void response.destroy()],
    [
      'sends us elsewhere',
      (_query, response) => void response.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end(),
    ],
  ])('is unavailable when it %s', async (_, behaviour) => {
    respond = behaviour;
    expect(await register.findByBsn(bsn, consultation)).toEqual({ outcome: 'unavailable' });
    expect(await register.namesOf([bsn], consultation)).toBeUndefined();
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
