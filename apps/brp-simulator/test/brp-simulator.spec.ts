import 'reflect-metadata';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { SettableClock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import irregularPersons from '../population/irregular-persons.json' with { type: 'json' };
import ownPopulation from '../population/persons.json' with { type: 'json' };
import { createApplication } from '../src/application.js';
import { BrpSimulatorConfiguration } from '../src/config.js';
import { LIMITED_PERSON, LIMITED_PERSON_WITH_AUTHORITY, PERSON, pathsOf } from '../src/persons/fields.js';
import { apiDescription } from './api-description.js';

const PATH = '/haalcentraal/api/brp/personen';
const TEST_SET = '../shared/data/brp/test-persons.json';
const IRREGULAR_PERSONS = fileURLToPath(new URL('../population/irregular-persons.json', import.meta.url));
const described = apiDescription();
const testSet = existsSync(TEST_SET) ? it : it.skip;
if (!existsSync(TEST_SET)) process.stderr.write('skipped: the public test set is not here\n');

const clock = new SettableClock(new Date('2026-11-24T12:00:00Z'));
const folder = mkdtempSync(join(tmpdir(), 'brp-simulator-'));
const running: NestExpressApplication[] = [];

async function start(settings: Partial<BrpSimulatorConfiguration> = {}): Promise<Server> {
  const configuration = Object.assign(new BrpSimulatorConfiguration(), settings);
  const application = await createApplication(configuration, new ProgramLogger('test', 'silent'), clock);
  running.push(application);
  await application.init();
  return application.getHttpServer();
}

function populationFile(name: string, persons: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(persons));
  return file;
}

let server: Server;
beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  await Promise.all(running.map((application) => application.close()));
  rmSync(folder, { recursive: true });
});

const ask = (body: object, at = server) => request(at).post(PATH).send(body);
const byNumber = (numbers: string[], fields: string[] = ['burgerservicenummer'], rest: object = {}) =>
  ask({ type: 'RaadpleegMetBurgerservicenummer', burgerservicenummer: numbers, fields, ...rest });
const byNameAndBirth = (geslachtsnaam: string, geboortedatum: string, rest: object = {}, at = server) =>
  ask(
    {
      type: 'ZoekMetGeslachtsnaamEnGeboortedatum',
      geslachtsnaam,
      geboortedatum,
      fields: ['burgerservicenummer'],
      ...rest,
    },
    at,
  );
const numbersIn = (body: { personen: { burgerservicenummer: string }[] }): string[] =>
  body.personen.map(({ burgerservicenummer }) => burgerservicenummer);

const EVERYTHING = [
  'aNummer',
  'adressering',
  'burgerservicenummer',
  'datumInschrijvingInGemeente',
  'geboorte',
  'gemeenteVanInschrijving',
  'geslacht',
  'gezag',
  'kinderen',
  'leeftijd',
  'naam',
  'nationaliteiten',
  'ouders',
  'overlijden',
  'partners',
  'verblijfplaats',
];
const LIMITED = ['adressering', 'burgerservicenummer', 'geboorte', 'geslacht', 'leeftijd', 'naam'];

describe('asking by number', () => {
  it('delivers what was asked and nothing else', async () => {
    const { body } = await byNumber(
      ['999910000'],
      [
        'naam.volledigeNaam',
        'geboorte.datum',
        'ouders.burgerservicenummer',
        'verblijfplaats.verblijfadres.postcode',
      ],
    ).expect(200);
    expect(body).toEqual({
      type: 'RaadpleegMetBurgerservicenummer',
      personen: [
        {
          naam: { volledigeNaam: 'Sanne Voorbeeld' },
          geboorte: { datum: { type: 'Datum', datum: '2012-03-14', langFormaat: '14 maart 2012' } },
          ouders: [{ burgerservicenummer: '999910012' }, { burgerservicenummer: '999910024' }],
          verblijfplaats: { type: 'Adres', verblijfadres: { postcode: '3580ZA' } },
        },
      ],
    });
  });

  it('delivers a group as a whole, with what the register computes', async () => {
    const { body } = await byNumber(
      ['999910036'],
      ['naam', 'leeftijd', 'adressering', 'verblijfplaats'],
    ).expect(200);
    expect(body.personen).toEqual([
      {
        naam: {
          voornamen: 'Daan',
          voorvoegsel: 'van den',
          geslachtsnaam: 'Testen',
          voorletters: 'D.',
          volledigeNaam: 'Daan van den Testen',
        },
        leeftijd: 15,
        adressering: { adresregel1: 'Proeflaan 8', adresregel2: '3580 ZB  UTRECHT' },
        verblijfplaats: {
          type: 'Adres',
          verblijfadres: {
            officieleStraatnaam: 'Proeflaan',
            korteStraatnaam: 'Proeflaan',
            huisnummer: 8,
            postcode: '3580ZB',
            woonplaats: 'Utrecht',
          },
          adresseerbaarObjectIdentificatie: '0344010000000002',
          nummeraanduidingIdentificatie: '0344200000000002',
        },
      },
    ]);
  });

  it.each(['geboorte.datum', 'geboorte.datum.jaar', 'geboorte.datum.langFormaat'])(
    'delivers a whole date for the path %s',
    async (path) => {
      const { body } = await byNumber(['999910000'], [path]).expect(200);
      expect(body.personen[0].geboorte.datum).toEqual({
        type: 'Datum',
        datum: '2012-03-14',
        langFormaat: '14 maart 2012',
      });
    },
  );

  it('delivers a whole table value for a part of it', async () => {
    const { body } = await byNumber(['999910000'], ['geslacht.code']).expect(200);
    expect(body.personen).toEqual([{ geslacht: { code: 'V', omschrijving: 'vrouw' } }]);
  });

  it('delivers incomplete dates in their own shapes', async () => {
    const named = ['Amina', 'Idris', 'Yusuf'].map(
      (first) => ownPopulation.find(({ naam }) => naam.voornamen === first)?.burgerservicenummer ?? '',
    );
    const { body } = await byNumber(named, ['geboorte.datum', 'leeftijd']).expect(200);
    expect(body.personen).toEqual([
      { geboorte: { datum: { type: 'JaarDatum', jaar: 2009, langFormaat: '2009' } } },
      {
        leeftijd: 18,
        geboorte: { datum: { type: 'JaarMaandDatum', jaar: 2008, maand: 7, langFormaat: 'juli 2008' } },
      },
      { geboorte: { datum: { type: 'DatumOnbekend', onbekend: true, langFormaat: 'onbekend' } } },
    ]);
  });

  it('answers an unknown number with an empty list', async () => {
    const { body } = await byNumber(['999999990'])
      .expect(200)
      .expect('Content-Type', 'application/json; charset=utf-8');
    expect(body).toEqual({ type: 'RaadpleegMetBurgerservicenummer', personen: [] });
  });

  it('delivers asked lists that are empty', async () => {
    const youth =
      ownPopulation.find(({ naam }) => naam.geslachtsnaam === 'Ouderloos')?.burgerservicenummer ?? '';
    const { body } = await byNumber([youth], ['ouders.burgerservicenummer', 'kinderen', 'gezag']).expect(200);
    expect(body.personen).toEqual([{ ouders: [], kinderen: [], gezag: [] }]);
  });

  it('keeps a parent without a number as an empty entry', async () => {
    const youth =
      ownPopulation.find(({ naam }) => naam.geslachtsnaam === 'Naamloos')?.burgerservicenummer ?? '';
    const { body } = await byNumber([youth], ['ouders.burgerservicenummer']).expect(200);
    expect(body.personen).toEqual([{ ouders: [{}] }]);
  });

  it('tells unasked that an address is protected, and leaves it out otherwise', async () => {
    const hidden = ownPopulation.find((person) => person.naam.volledigeNaam === 'Jade Geheim');
    const { body } = await byNumber([hidden?.burgerservicenummer ?? '', '999910000'], ['geslacht']).expect(
      200,
    );
    expect(body.personen.map((person: object) => 'geheimhoudingPersoonsgegevens' in person)).toEqual([
      false,
      true,
    ]);
    expect(body.personen[1].geheimhoudingPersoonsgegevens).toBe(true);
  });

  it('tells unasked that somebody died or left', async () => {
    const numbers = ['Nina Verzonnen', 'Jesse Vertrokken'].map(
      (name) => ownPopulation.find(({ naam }) => naam.volledigeNaam === name)?.burgerservicenummer ?? '',
    );
    const { body } = await byNumber(numbers, ['burgerservicenummer', 'overlijden.datum', 'leeftijd']).expect(
      200,
    );
    expect(body.personen[0]).toEqual({
      burgerservicenummer: numbers[0],
      overlijden: { datum: { type: 'Datum', datum: '2025-03-12', langFormaat: '12 maart 2025' } },
      opschortingBijhouding: {
        reden: { code: 'O', omschrijving: 'overlijden' },
        datum: { type: 'Datum', datum: '2025-03-12', langFormaat: '12 maart 2025' },
      },
    });
    expect(body.personen[1].opschortingBijhouding.reden).toEqual({ code: 'E', omschrijving: 'emigratie' });
    expect(body.personen[1].leeftijd).toBe(16);
  });

  it('restricts to own residents where a municipality is given', async () => {
    const { body } = await byNumber(['999910036', '999910048'], ['burgerservicenummer'], {
      gemeenteVanInschrijving: '0599',
    }).expect(200);
    expect(numbersIn(body)).toEqual(['999910048']);
  });

  it('accepts the headers of municipal gateways', async () => {
    await byNumber(['999910000'])
      .set({
        'X-DOELBINDING': 'Jeugdwet',
        'X-VERWERKING': 'verwijsindex',
        'X-GEBRUIKER': 'demo',
        'X-ORIGIN-OIN': '1',
      })
      .expect(200);
  });
});

describe('searching', () => {
  it('finds by surname and birth date, whatever the case', async () => {
    for (const surname of ['Voorbeeld', 'VOORBEELD', 'voorbee*']) {
      const { body } = await byNameAndBirth(surname, '2012-03-14').expect(200);
      expect(numbersIn(body)).toEqual(['999910000']);
    }
    const { body } = await byNameAndBirth("celik-o'voorbeeld", '2011-02-28', {
      fields: ['naam.geslachtsnaam'],
    });
    expect(body.personen).toEqual([{ naam: { geslachtsnaam: "Çelik-O'Voorbéeld" } }]);
  });

  it.each([
    ['Gundogan', ['Gündoğan', 'GÜNDOGAN', 'Gundogan']],
    ['Gündogan', ['Gündoğan', 'GÜNDOGAN']],
    ['gündoğan', ['Gündoğan']],
    ['Gunda*', []],
    ['Gündoğ*', ['Gündoğan']],
    ['Sorensen', []],
    ['Sørensen', ['Sørensen']],
    ['Yilmaz', ['YİLMAZ']],
    ['Jansen de Vries', []],
    ['Jansen-de Vries', ['Jansen-de Vries']],
  ])('finds by %s a letter with a diacritic, but not the other way round', async (asked, found) => {
    const surnames = [...['Gündoğan', 'GÜNDOGAN', 'Gundogan', 'Sørensen', 'YİLMAZ', 'Jansen-de Vries']];
    const people = ownPopulation.slice(0, surnames.length).map(({ burgerservicenummer }, place) => ({
      burgerservicenummer,
      naam: { geslachtsnaam: surnames[place] },
      geboorte: { datum: { type: 'Datum', datum: '2010-01-01' } },
    }));
    const register = await start({ populationFile: populationFile('diacritics.json', people) });
    const { body } = await byNameAndBirth(asked, '2010-01-01', { fields: ['naam.geslachtsnaam'] }, register);
    expect(body.personen.map(({ naam }: { naam: { geslachtsnaam: string } }) => naam.geslachtsnaam)).toEqual(
      found,
    );
  });

  it('does not take a part of a surname for the surname', async () => {
    const { body } = await byNameAndBirth('Voor', '2012-03-14').expect(200);
    expect(body.personen).toEqual([]);
  });

  it('narrows by first names, prefix, sex and municipality', async () => {
    const twins = { geslachtsnaam: 'Tweeling', geboortedatum: '2014-01-30' };
    const found = async (rest: object) =>
      numbersIn((await byNameAndBirth(twins.geslachtsnaam, twins.geboortedatum, rest).expect(200)).body)
        .length;
    expect(await found({})).toBe(2);
    expect(await found({ geslacht: 'v' })).toBe(1);
    expect(await found({ geslacht: 'O' })).toBe(0);
    expect(await found({ voornamen: 'FINN' })).toBe(1);
    expect(await found({ voornamen: 'F*' })).toBe(2);
    expect(await found({ gemeenteVanInschrijving: '0355' })).toBe(2);
    expect(await found({ gemeenteVanInschrijving: '0344' })).toBe(0);
    expect(
      numbersIn((await byNameAndBirth('Testen', '2011-06-02', { voorvoegsel: 'VAN DEN' })).body),
    ).toEqual(['999910036']);
    expect((await byNameAndBirth('Testen', '2011-06-02', { voorvoegsel: 'de' })).body.personen).toEqual([]);
  });

  it('finds both twins of the same sex, at the same postcode', async () => {
    const { body } = await byNameAndBirth('Dubbelganger', '2013-05-05', {
      geslacht: 'V',
      fields: ['adressering'],
    });
    expect(body.personen).toHaveLength(2);
    expect(body.personen[0]).toEqual(body.personen[1]);
    expect(body.personen[0].adressering.adresregel2).toMatch(/^259\d Z[A-Z] {2}'S-GRAVENHAGE$/);
  });

  it('finds nobody with an incomplete birth date by a date', async () => {
    const { body } = await byNameAndBirth('Onvolledig', '2009-01-01').expect(200);
    expect(body.personen).toEqual([]);
  });

  it('finds the dead only when asked to', async () => {
    expect((await byNameAndBirth('Verzonnen', '2008-06-30').expect(200)).body.personen).toEqual([]);
    const { body } = await byNameAndBirth('Verzonnen', '2008-06-30', {
      inclusiefOverledenPersonen: true,
    }).expect(200);
    expect(body.personen).toHaveLength(1);
    expect(body.personen[0].opschortingBijhouding.reden.code).toBe('O');
  });

  it.each(['3580ZA', '3580 za'])('finds a household by the postcode %s', async (postcode) => {
    const household = {
      type: 'ZoekMetPostcodeEnHuisnummer',
      postcode,
      huisnummer: 1,
      fields: ['burgerservicenummer'],
    };
    expect(numbersIn((await ask(household).expect(200)).body)).toEqual([
      '999910000',
      '999910012',
      '999910024',
    ]);
    const one = await ask({ ...household, geslachtsnaam: 'Voorbeeld', geboortedatum: '2012-03-14' }).expect(
      200,
    );
    expect(numbersIn(one.body)).toEqual(['999910000']);
  });

  it('finds by name and municipality', async () => {
    const query = {
      type: 'ZoekMetNaamEnGemeenteVanInschrijving',
      geslachtsnaam: 'Onvolledig',
      voornamen: 'ami*',
    };
    const found = await ask({ ...query, gemeenteVanInschrijving: '0546', fields: ['naam.voornamen'] }).expect(
      200,
    );
    expect(found.body.personen).toEqual([{ naam: { voornamen: 'Amina' } }]);
    const elsewhere = await ask({ ...query, gemeenteVanInschrijving: '0344', fields: ['naam'] }).expect(200);
    expect(elsewhere.body.personen).toEqual([]);
  });

  it.each([
    {
      type: 'ZoekMetStraatHuisnummerEnGemeenteVanInschrijving',
      straat: 'voorbee*',
      huisnummer: 1,
      gemeenteVanInschrijving: '0344',
    },
    {
      type: 'ZoekMetStraatHuisnummerEnGemeenteVanInschrijving',
      straat: '*beeldstraat',
      huisnummer: 1,
      gemeenteVanInschrijving: '0344',
    },
    { type: 'ZoekMetNummeraanduidingIdentificatie', nummeraanduidingIdentificatie: '0344200000000001' },
    { type: 'ZoekMetAdresseerbaarObjectIdentificatie', adresseerbaarObjectIdentificatie: '0344010000000001' },
  ])('finds a household with $type', async (query) => {
    const { body } = await ask({ ...query, fields: ['burgerservicenummer'] }).expect(200);
    expect(body.type).toBe(query.type);
    expect(numbersIn(body)).toEqual(['999910000', '999910012', '999910024']);
  });

  it('refuses to deliver more than ten persons of one name and birth date, and more than thirty of one address', async () => {
    const crowd = (count: number) =>
      ownPopulation.slice(0, count).map(({ burgerservicenummer, naam }) => ({
        burgerservicenummer,
        naam: { ...naam, geslachtsnaam: 'Menigte' },
        geboorte: { datum: { type: 'Datum', datum: '2010-01-01' } },
        verblijfplaats: { type: 'Adres', verblijfadres: { postcode: '1234AB', huisnummer: 5 } },
      }));
    const ten = await start({ populationFile: populationFile('ten.json', crowd(10)) });
    expect((await byNameAndBirth('Menigte', '2010-01-01', {}, ten).expect(200)).body.personen).toHaveLength(
      10,
    );
    const eleven = await start({ populationFile: populationFile('eleven.json', crowd(11)) });
    const { body } = await byNameAndBirth('Menigte', '2010-01-01', {}, eleven).expect(400);
    expect(body).toEqual({
      type: 'https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1',
      title: 'Teveel zoekresultaten.',
      status: 400,
      detail: 'Meer dan maximum van 10 zoekresultaten gevonden. Verfijn de zoekopdracht.',
      instance: PATH,
      code: 'tooManyResults',
    });

    const address = {
      type: 'ZoekMetPostcodeEnHuisnummer',
      postcode: '1234AB',
      huisnummer: 5,
      fields: ['naam'],
    };
    const thirty = await start({ populationFile: populationFile('thirty.json', crowd(30)) });
    expect((await ask(address, thirty).expect(200)).body.personen).toHaveLength(30);
    const more = await start({ populationFile: populationFile('more.json', crowd(31)) });
    expect((await ask(address, more).expect(400)).body.code).toBe('tooManyResults');
  });
});

describe('a wrong request', () => {
  const NUMBER = {
    type: 'RaadpleegMetBurgerservicenummer',
    burgerservicenummer: ['999910000'],
    fields: ['naam'],
  };
  const NAME = {
    type: 'ZoekMetGeslachtsnaamEnGeboortedatum',
    geslachtsnaam: 'Voorbeeld',
    geboortedatum: '2012-03-14',
    fields: ['naam'],
  };
  const ADDRESS = {
    type: 'ZoekMetPostcodeEnHuisnummer',
    postcode: '3580ZA',
    huisnummer: 1,
    fields: ['naam'],
  };
  const REQUIRED = 'Parameter is verplicht.';
  const UNKNOWN_FIELD = 'Parameter bevat een niet bestaande veldnaam.';
  const FORBIDDEN_FIELD = 'Parameter bevat een niet toegestane veldnaam.';
  const pattern = (text: string) => `Waarde voldoet niet aan patroon ${text}.`;
  const SURNAME = pattern("^[a-zA-Z0-9À-ž \\.\\-\\']{1,200}$|^[a-zA-Z0-9À-ž \\.\\-\\']{3,199}\\*{1}$");

  it.each<[string, object, [string, string, string][]]>([
    ['has no type', {}, [['type', 'required', REQUIRED]]],
    [
      'has an unknown type',
      { ...NUMBER, type: 'raadpleegmetburgerservicenummer' },
      [['type', 'value', 'Waarde is geen geldig zoek type.']],
    ],
    [
      'names a method of objects as type',
      { ...NUMBER, type: 'constructor' },
      [['type', 'value', 'Waarde is geen geldig zoek type.']],
    ],
    [
      'has no number and no fields',
      { type: NUMBER.type },
      [
        ['burgerservicenummer', 'required', REQUIRED],
        ['fields', 'required', REQUIRED],
      ],
    ],
    [
      'has no numbers',
      { ...NUMBER, burgerservicenummer: [] },
      [['burgerservicenummer', 'minItems', 'Array bevat minder dan 1 items.']],
    ],
    [
      'has a number that is no list',
      { ...NUMBER, burgerservicenummer: '999910000' },
      [['burgerservicenummer', 'array', 'Parameter is geen array.']],
    ],
    [
      'has more than twenty numbers',
      { ...NUMBER, burgerservicenummer: Array(21).fill('999910000') },
      [['burgerservicenummer', 'maxItems', 'Array bevat meer dan 20 items.']],
    ],
    [
      'has numbers of a wrong length',
      { ...NUMBER, burgerservicenummer: ['1234567890', '123456789', '12345678'] },
      [
        ['burgerservicenummer[0]', 'pattern', pattern('^[0-9]{9}$')],
        ['burgerservicenummer[2]', 'pattern', pattern('^[0-9]{9}$')],
      ],
    ],
    [
      'has a municipality of three digits',
      { ...NUMBER, gemeenteVanInschrijving: '344' },
      [['gemeenteVanInschrijving', 'pattern', pattern('^[0-9]{4}$')]],
    ],
    [
      'has a parameter of another type',
      { ...NUMBER, voornamen: 'Sanne' },
      [['voornamen', 'unknownParam', 'Parameter is niet verwacht.']],
    ],
    [
      'has markup as a parameter',
      { ...NUMBER, '<b>': 1 },
      [['&#60;b&#62;', 'unknownParam', 'Parameter is niet verwacht.']],
    ],
    [
      'asks the dead by number',
      { ...NUMBER, inclusiefOverledenPersonen: true },
      [['inclusiefOverledenPersonen', 'unknownParam', 'Parameter is niet verwacht.']],
    ],
    [
      'has no fields in the list',
      { ...NUMBER, fields: [] },
      [['fields', 'minItems', 'Array bevat minder dan 1 items.']],
    ],
    [
      'has fields as a text',
      { ...NUMBER, fields: 'naam,geslacht' },
      [['fields', 'array', 'Parameter is geen array.']],
    ],
    [
      'has more than 130 fields',
      { ...NUMBER, fields: Array(131).fill('naam') },
      [['fields', 'maxItems', 'Array bevat meer dan 130 items.']],
    ],
    [
      'has a field with a star',
      { ...NUMBER, fields: ['naam', 'na*m'] },
      [['fields[1]', 'pattern', pattern('^[a-zA-Z0-9\\._]{1,200}$')]],
    ],
    [
      'asks a field in the wrong case',
      { ...NUMBER, fields: ['anummer'] },
      [['fields[0]', 'fields', UNKNOWN_FIELD]],
    ],
    [
      'asks a field without its group',
      { ...NUMBER, fields: ['volledigeNaam'] },
      [['fields[0]', 'fields', UNKNOWN_FIELD]],
    ],
    [
      'asks the full name of a parent',
      { ...NUMBER, fields: ['ouders.naam.volledigeNaam'] },
      [['fields[0]', 'fields', UNKNOWN_FIELD]],
    ],
    [
      'asks the parents in a search',
      { ...NAME, fields: ['naam', 'ouders.burgerservicenummer'] },
      [['fields[1]', 'fields', UNKNOWN_FIELD]],
    ],
    [
      'asks the residence in a search',
      { ...NAME, fields: ['verblijfplaats.verblijfadres.postcode'] },
      [['fields[0]', 'fields', UNKNOWN_FIELD]],
    ],
    [
      'asks what is delivered unasked',
      {
        ...NUMBER,
        fields: ['opschortingBijhouding.reden', 'geheimhoudingPersoonsgegevens', 'naam.inOnderzoek', 'naam'],
      },
      [
        ['fields[0]', 'fields', FORBIDDEN_FIELD],
        ['fields[1]', 'fields', FORBIDDEN_FIELD],
        ['fields[2]', 'fields', FORBIDDEN_FIELD],
      ],
    ],
    [
      'has an empty surname and no birth date',
      { ...NAME, geslachtsnaam: '', geboortedatum: undefined },
      [
        ['geboortedatum', 'required', REQUIRED],
        ['geslachtsnaam', 'required', REQUIRED],
      ],
    ],
    [
      'has a birth date that does not exist',
      { ...NAME, geboortedatum: '2011-02-29' },
      [['geboortedatum', 'date', 'Waarde is geen geldige datum.']],
    ],
    [
      'has a wildcard after two letters',
      { ...NAME, geslachtsnaam: 'Vo*' },
      [['geslachtsnaam', 'pattern', SURNAME]],
    ],
    [
      'has a wildcard in front',
      { ...NAME, geslachtsnaam: '*beeld' },
      [['geslachtsnaam', 'pattern', SURNAME]],
    ],
    [
      'has an unknown sex',
      { ...NAME, geslacht: 'X' },
      [['geslacht', 'pattern', pattern('^([Mm]|[Vv]|[Oo])$')]],
    ],
    [
      'has a text for a boolean',
      { ...NAME, inclusiefOverledenPersonen: 'true' },
      [['inclusiefOverledenPersonen', 'boolean', 'Waarde is geen boolean.']],
    ],
    [
      'has a wrong postcode and house number',
      { ...ADDRESS, postcode: '0580ZA', huisnummer: 0 },
      [
        ['postcode', 'pattern', pattern('^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$')],
        ['huisnummer', 'integer', 'Waarde is geen geldig getal.'],
      ],
    ],
  ])('that %s is told so', async (_, body, params) => {
    const answer = await ask(body)
      .expect(400)
      .expect('Content-Type', 'application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1',
      title: 'Een of meerdere parameters zijn niet correct.',
      status: 400,
      detail: `De foutieve parameter(s) zijn: ${params.map(([name]) => name).join(', ')}.`,
      instance: PATH,
      code: 'paramsValidation',
      invalidParams: params.map(([name, code, reason]) => ({ name, code, reason })),
    });
    expect(described.problemErrors(answer.body)).toEqual([]);
  });

  it.each(['{', '[]', '"text"'])('whose body is %s is told so', async (text) => {
    const { body } = await request(server).post(PATH).type('application/json').send(text).expect(400);
    expect(body).toMatchObject({ status: 400, code: 'paramsValidation', instance: PATH });
  });

  it.each([
    ['get', 405, 'methodNotAllowed'],
    ['put', 405, 'methodNotAllowed'],
    ['delete', 405, 'methodNotAllowed'],
  ] as const)('by %s is refused', async (method, status, code) => {
    const call = request(server);
    const { body } = await call[method](PATH).expect(status);
    expect(body).toMatchObject({ status, code, instance: PATH });
    expect(described.problemErrors(body)).toEqual([]);
  });

  it.each(['application/xml', 'text/csv', 'application/json; charset=cp1252'])(
    'with content type %s is refused',
    async (type) => {
      const { body } = await request(server)
        .post(PATH)
        .set('Content-Type', type)
        .send(JSON.stringify(NUMBER))
        .expect(415);
      expect(body).toMatchObject({
        status: 415,
        code: 'unsupportedMediaType',
        title: 'Media Type wordt niet ondersteund.',
      });
    },
  );

  it.each(['application/json', 'application/json; charset=UTF-8', 'application/json;charset=Utf-8', ' '])(
    'is not one with content type "%s"',
    async (type) => {
      await request(server).post(PATH).set('Content-Type', type).send(JSON.stringify(NUMBER)).expect(200);
    },
  );

  it('that accepts no JSON is refused', async () => {
    const { body } = await ask(NUMBER).set('Accept', 'application/xml').expect(406);
    expect(body).toMatchObject({
      status: 406,
      code: 'notAcceptable',
      title: 'Gevraagde content type wordt niet ondersteund.',
    });
    await ask(NUMBER).set('Accept', 'text/html, application/json;q=0.9').expect(200);
  });

  it('for another resource of the API is not found', async () => {
    const { body } = await request(server).post('/haalcentraal/api/brp/reisdocumenten').send({}).expect(404);
    expect(body).toMatchObject({ status: 404, code: 'notFound' });
  });

  it('without the key is refused where a key is set', async () => {
    const guarded = await start({ apiKey: 'for-this-test' });
    for (const key of ['', 'for-this-tesT', 'for-this-test-']) {
      const { body } = await ask(NUMBER, guarded).set('X-API-KEY', key).expect(401);
      expect(body).toEqual({
        type: 'https://datatracker.ietf.org/doc/html/rfc7235#section-3.1',
        title: 'Niet correct geauthenticeerd.',
        status: 401,
        instance: PATH,
        code: 'authentication',
      });
    }
    await ask(NUMBER, guarded).set('X-API-KEY', 'for-this-test').expect(200);
  });
});

describe('the published API description', () => {
  /** Asks for every person, by number and by search, and gives each answer to `check`. */
  async function askEverybody(
    at: Server,
    persons: {
      burgerservicenummer: string;
      naam: { geslachtsnaam: string };
      geboorte: { datum?: { datum?: string } | null };
    }[],
    check: (schema: string, body: unknown) => void,
  ): Promise<number> {
    let read = 0;
    for (let start = 0; start < persons.length; start += 20) {
      const numbers = persons.slice(start, start + 20).map(({ burgerservicenummer }) => burgerservicenummer);
      const { body } = await ask(
        { type: 'RaadpleegMetBurgerservicenummer', burgerservicenummer: numbers, fields: EVERYTHING },
        at,
      ).expect(200);
      expect(numbersIn(body).sort()).toEqual([...numbers].sort());
      check('RaadpleegMetBurgerservicenummerResponse', body);
      read += body.personen.length;
    }
    for (const { burgerservicenummer, naam, geboorte } of persons) {
      const day = geboorte.datum?.datum;
      if (!day || !/^[\w .'-]{1,200}$/.test(naam.geslachtsnaam)) continue;
      const { body } = await byNameAndBirth(
        naam.geslachtsnaam,
        day,
        { fields: LIMITED, inclusiefOverledenPersonen: true },
        at,
      ).expect(200);
      expect(numbersIn(body)).toContain(burgerservicenummer);
      check('ZoekMetGeslachtsnaamEnGeboortedatumResponse', body);
    }
    return read;
  }

  const keepsTo = (schema: string, body: unknown) => expect(described.errors(schema, body)).toEqual([]);

  it.each([
    ['Persoon', PERSON],
    ['PersoonBeperkt', LIMITED_PERSON],
    ['GezagPersoonBeperkt', LIMITED_PERSON_WITH_AUTHORITY],
  ])('has exactly the fields of %s that can be asked for', (name, tree) => {
    expect([...pathsOf(tree)].sort()).toEqual([...described.paths(name)].sort());
  });

  it('is kept by every answer about the own population', async () => {
    expect(await askEverybody(server, ownPopulation as never, keepsTo)).toBe(ownPopulation.length);
  });

  it('is kept by every answer about irregular persons', async () => {
    const at = await start({ populationFile: IRREGULAR_PERSONS });
    expect(await askEverybody(at, irregularPersons as never, keepsTo)).toBe(irregularPersons.length);
  });

  testSet(
    'is kept by every answer about the public test set, but for characters in three names of the set itself',
    async () => {
      const persons = JSON.parse(readFileSync(TEST_SET, 'utf8')) as { burgerservicenummer: string }[];
      const at = await start({ populationFile: TEST_SET });
      const beyond = new Set<string>();
      const check = (schema: string, body: unknown) => {
        for (const { instancePath, keyword } of described.errors(schema, body)) {
          expect(keyword).toBe('pattern');
          expect(instancePath).toMatch(/\/naam\/(geslachtsnaam|voornamen|volledigeNaam)$/);
          const place = Number(/^\/personen\/(\d+)/.exec(instancePath)?.[1]);
          beyond.add(
            (body as { personen: { burgerservicenummer: string }[] }).personen[place]?.burgerservicenummer ??
              '',
          );
        }
      };
      expect(await askEverybody(at, persons as never, check)).toBe(persons.length);
      expect(beyond.size).toBe(3);
    },
  );

  it('is kept by the other searches', async () => {
    const fields = LIMITED;
    const queries = [
      { type: 'ZoekMetPostcodeEnHuisnummer', postcode: '3580ZA', huisnummer: 1, fields },
      {
        type: 'ZoekMetNaamEnGemeenteVanInschrijving',
        geslachtsnaam: 'Voorbeeld',
        voornamen: 'Sanne',
        gemeenteVanInschrijving: '0344',
        fields,
      },
      {
        type: 'ZoekMetStraatHuisnummerEnGemeenteVanInschrijving',
        straat: 'Voorbeeldstraat',
        huisnummer: 1,
        gemeenteVanInschrijving: '0344',
        fields,
      },
      {
        type: 'ZoekMetNummeraanduidingIdentificatie',
        nummeraanduidingIdentificatie: '0344200000000001',
        fields,
      },
      {
        type: 'ZoekMetAdresseerbaarObjectIdentificatie',
        adresseerbaarObjectIdentificatie: '0344010000000001',
        fields: [...fields, 'gezag'],
      },
    ];
    for (const query of queries) {
      const { body } = await ask(query).expect(200);
      expect(body.personen.length).toBeGreaterThan(0);
      expect(described.errors(`${query.type}Response`, body)).toEqual([]);
    }
  });

  it('does not stand in the way of halves among irregular persons', async () => {
    const at = await start({ populationFile: IRREGULAR_PERSONS });
    const { body } = await ask(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: ['999920005', '999920017'],
        fields: ['ouders.burgerservicenummer'],
      },
      at,
    ).expect(200);
    const [first, second] = body.personen.map(({ ouders }: { ouders: { burgerservicenummer?: string }[] }) =>
      ouders.map(({ burgerservicenummer }) => burgerservicenummer),
    );
    expect(first.filter((parent: string) => second.includes(parent))).toEqual(['999920042']);
  });

  testSet('does not stand in the way of halves and of the dead in the public test set', async () => {
    const at = await start({ populationFile: TEST_SET });
    const { body } = await ask(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: ['999998006', '999997981'],
        fields: ['ouders.burgerservicenummer'],
      },
      at,
    ).expect(200);
    const [first, second] = body.personen.map(({ ouders }: { ouders: { burgerservicenummer?: string }[] }) =>
      ouders.map(({ burgerservicenummer }) => burgerservicenummer),
    );
    expect(first.filter((parent: string) => second.includes(parent))).toEqual(['999997956']);
  });
});

describe('a population file', () => {
  it('may hold numbers that fail the 11-test, as the register may', async () => {
    const file = populationFile('numbers.json', [
      { burgerservicenummer: '010008579', naam: { geslachtsnaam: 'Proef' } },
      { burgerservicenummer: '10008580', naam: { geslachtsnaam: 'Kort' } },
    ]);
    const at = await start({ populationFile: file });
    const { body } = await ask(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: ['010008579', '010008580'],
        fields: ['naam.geslachtsnaam'],
      },
      at,
    ).expect(200);
    expect(body.personen).toEqual([
      { naam: { geslachtsnaam: 'Proef' } },
      { naam: { geslachtsnaam: 'Kort' } },
    ]);
  });

  it('is delivered with the names of municipalities, and without an unknown one', async () => {
    const file = populationFile('municipalities.json', [
      { burgerservicenummer: '999910000', gemeenteVanInschrijving: { code: '0344' } },
      {
        burgerservicenummer: '999910012',
        gemeenteVanInschrijving: { code: '0000', omschrijving: 'Onbekend' },
      },
      { burgerservicenummer: '999910024', gemeenteVanInschrijving: { code: '0153' } },
    ]);
    const at = await start({ populationFile: file });
    const { body } = await ask(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: ['999910000', '999910012', '999910024'],
        fields: ['gemeenteVanInschrijving'],
      },
      at,
    ).expect(200);
    expect(body.personen).toEqual([
      { gemeenteVanInschrijving: { code: '0344', omschrijving: 'Utrecht' } },
      {},
      { gemeenteVanInschrijving: { code: '0153' } },
    ]);
  });

  it('says unasked which of the asked data are under investigation', async () => {
    const investigation = { datumIngangOnderzoek: { type: 'JaarDatum', jaar: 2026, langFormaat: '2026' } };
    const file = populationFile('investigation.json', [
      {
        burgerservicenummer: '999910000',
        geslacht: { code: 'V' },
        inOnderzoek: { geslacht: true, burgerservicenummer: false, ...investigation },
        geboorte: {
          datum: { type: 'JaarDatum', jaar: 2012 },
          inOnderzoek: { datum: true, plaats: true, ...investigation },
        },
        ouders: [
          { burgerservicenummer: '999910012', inOnderzoek: { burgerservicenummer: true, ...investigation } },
        ],
      },
    ]);
    const at = await start({ populationFile: file });
    const asked = async (...fields: string[]) => {
      const query = { type: 'RaadpleegMetBurgerservicenummer', burgerservicenummer: ['999910000'], fields };
      return (await ask(query, at).expect(200)).body.personen[0] as unknown;
    };
    expect(await asked('geboorte.datum', 'ouders.burgerservicenummer')).toEqual({
      geboorte: {
        datum: { type: 'JaarDatum', jaar: 2012, langFormaat: '2012' },
        inOnderzoek: { datum: true, ...investigation },
      },
      ouders: [
        { burgerservicenummer: '999910012', inOnderzoek: { burgerservicenummer: true, ...investigation } },
      ],
    });
    expect(await asked('geslacht')).toEqual({
      geslacht: { code: 'V' },
      inOnderzoek: { geslacht: true, ...investigation },
    });
    expect(await asked('burgerservicenummer')).toEqual({ burgerservicenummer: '999910000' });
  });

  it('may hold dates that no calendar knows, which are left out', async () => {
    const file = populationFile('dates.json', [
      {
        burgerservicenummer: '999910000',
        geboorte: { datum: { type: 'Datum', datum: '1948-05-38' } },
        overlijden: { datum: { type: 'JaarDatum', jaar: 2008 } },
        ouders: [{ geboorte: { datum: null } }],
      },
    ]);
    const { body } = await ask(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: ['999910000'],
        fields: ['geboorte', 'overlijden', 'ouders'],
      },
      await start({ populationFile: file }),
    ).expect(200);
    expect(body.personen).toEqual([
      { overlijden: { datum: { type: 'JaarDatum', jaar: 2008, langFormaat: '2008' } }, ouders: [{}] },
    ]);
  });
});

describe('a street', () => {
  it('goes by its official name, and by a short one of 24 characters', async () => {
    const straat = 'Burgemeester van Voorbeeldstraat';
    const file = populationFile('streets.json', [
      {
        burgerservicenummer: '999910000',
        verblijfplaats: { type: 'Adres', verblijfadres: { straat, huisnummer: 2 } },
      },
    ]);
    const { body } = await ask(
      {
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: ['999910000'],
        fields: ['verblijfplaats.verblijfadres', 'adressering.adresregel1'],
      },
      await start({ populationFile: file }),
    ).expect(200);
    expect(body.personen[0]).toEqual({
      verblijfplaats: {
        type: 'Adres',
        verblijfadres: {
          officieleStraatnaam: straat,
          korteStraatnaam: 'Burgemeester van Voorbee',
          huisnummer: 2,
        },
      },
      adressering: { adresregel1: 'Burgemeester van Voorbee 2' },
    });
  });
});

describe('changes at run time', () => {
  const change = (at: Server, body: object) => request(at).post('/_simulator/changes').send(body);

  it('cannot be made unless the control is on', async () => {
    await change(server, { burgerservicenummer: '999910000', change: { geheimhouding: true } }).expect(404);
    expect(
      (await byNumber(['999910000'], ['geslacht'])).body.personen[0].geheimhoudingPersoonsgegevens,
    ).toBeUndefined();
  });

  it('move, hide and end a person', async () => {
    const at = await start({ simulatorControl: true });
    const read = async () =>
      (
        await ask(
          {
            type: 'RaadpleegMetBurgerservicenummer',
            burgerservicenummer: ['999910000'],
            fields: [
              'gemeenteVanInschrijving',
              'datumInschrijvingInGemeente',
              'overlijden',
              'verblijfplaats.verblijfadres.woonplaats',
            ],
          },
          at,
        ).expect(200)
      ).body.personen[0];

    await change(at, {
      burgerservicenummer: '999910000',
      change: { gemeenteVanInschrijving: '0599' },
    }).expect(204);
    expect(await read()).toEqual({
      gemeenteVanInschrijving: { code: '0599', omschrijving: 'Rotterdam' },
      datumInschrijvingInGemeente: { type: 'Datum', datum: '2026-11-24', langFormaat: '24 november 2026' },
      verblijfplaats: { type: 'Adres', verblijfadres: { woonplaats: 'Rotterdam' } },
    });

    await change(at, { burgerservicenummer: '999910000', change: { geheimhouding: true } }).expect(204);
    expect(await read()).toMatchObject({
      geheimhoudingPersoonsgegevens: true,
      gemeenteVanInschrijving: { code: '0599' },
    });
    await change(at, { burgerservicenummer: '999910000', change: { geheimhouding: false } }).expect(204);
    expect(await read()).not.toHaveProperty('geheimhoudingPersoonsgegevens');

    await change(at, { burgerservicenummer: '999910000', change: { overlijden: '2026-11-20' } }).expect(204);
    expect(await read()).toMatchObject({
      overlijden: { datum: { datum: '2026-11-20' } },
      opschortingBijhouding: { reden: { code: 'O' } },
    });
    expect((await byNameAndBirth('Voorbeeld', '2012-03-14', {}, at)).body.personen).toEqual([]);
  });

  it('name what is wrong, and repeat no number', async () => {
    const at = await start({ simulatorControl: true });
    const wrong = await change(at, {
      burgerservicenummer: '99991',
      change: { overlijden: '2026-02-30', gemeenteVanInschrijving: 'x' },
    }).expect(400);
    expect(wrong.body.invalidParams.map(({ name }: { name: string }) => name).sort()).toEqual([
      'burgerservicenummer',
      'change.gemeenteVanInschrijving',
      'change.overlijden',
    ]);
    await change(at, { burgerservicenummer: '999910000', change: {} }).expect(400);
    await change(at, { burgerservicenummer: '999910000' }).expect(400);
    const unknown = await change(at, {
      burgerservicenummer: '999999990',
      change: { geheimhouding: true },
    }).expect(404);
    expect(unknown.text).not.toContain('999999990');
  });
});

describe('the program', () => {
  it('says that it lives and is ready, and shows figures', async () => {
    await request(server).get('/health/live').expect(200);
    await request(server).get('/health/ready').expect(200);
    const { text } = await request(server).get('/metrics').expect(200);
    expect(text).toContain('process_cpu_user_seconds_total');
  });

  it('is not ready without persons', async () => {
    await request(await start({ populationFile: populationFile('empty.json', []) }))
      .get('/health/ready')
      .expect(503);
  });

  it.each([
    ['is no list', {}, 'is not a list of persons'],
    [
      'has a number that is not nine digits',
      [{ burgerservicenummer: '9999100' }],
      'entry 0 has no valid burgerservicenummer',
    ],
    [
      'has a number twice',
      [{ burgerservicenummer: '999910000' }, { burgerservicenummer: '999910000' }],
      'entry 1 repeats a burgerservicenummer',
    ],
  ])('does not start with a population that %s', async (_, content, reason) => {
    await expect(start({ populationFile: populationFile('wrong.json', content) })).rejects.toThrow(
      `POPULATION_FILE: the population ${reason}`,
    );
  });

  it('does not start without the file that it is told to read', async () => {
    await expect(start({ populationFile: join(folder, 'absent.json') })).rejects.toThrow(
      'POPULATION_FILE: the population cannot be read as JSON',
    );
  });
});
