import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { demoFile } from '../../test/demo-file.js';
import { readCovenant, signatory } from '../covenant/index.js';
import { type InvalidDocument } from '../documents/index.js';
import { readDirectory } from './directory-document.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- documents are broken here on purpose
type Broken = any;

const text = readFileSync(demoFile('midden-nederland', 'directory'), 'utf8');

describe('a directory', () => {
  it.each(['midden-nederland', 'jeugdmatch', 'rijnmond'])(
    'of the demonstration has what stories need: %s',
    (region) => {
      const { organisations, professionals } = readDirectory(
        readFileSync(demoFile(region, 'directory'), 'utf8'),
      );
      const covenant = readCovenant(readFileSync(demoFile(region, 'covenant'), 'utf8'));
      const signed = (id: string) => signatory(covenant, id);
      expect(organisations.some(({ id }) => !signed(id))).toBe(true);
      const filers = professionals.filter(
        ({ designated, organisation }) => designated && signed(organisation),
      );
      expect(
        new Set(filers.map(({ organisation }) => signed(organisation)!.sector)).size,
      ).toBeGreaterThanOrEqual(3);
      expect(filers.some(({ organisation }) => !signed(organisation)!.mayUseBsn)).toBe(true);
      expect(
        filers.some(
          ({ organisation }, place) => filers.findIndex((f) => f.organisation === organisation) < place,
        ),
      ).toBe(true);
      expect(
        professionals.some(({ roles, designated }) => roles.includes('professional') && !designated),
      ).toBe(true);
      const municipalities = professionals.flatMap(({ municipality }) => municipality ?? []);
      expect(municipalities.sort()).toEqual(covenant.municipalities.map(({ code }) => code).sort());
      for (const role of ['coordinator', 'operator'] as const) {
        expect(professionals.some(({ roles }) => roles.includes(role))).toBe(true);
      }
    },
  );

  it.each<[string, string, (document: Broken) => void]>([
    ['an unknown role', 'professionals[0].roles', (d) => (d.professionals[0].roles = ['admin'])],
    ['no role', 'professionals[0].roles', (d) => (d.professionals[0].roles = [])],
    [
      'an unknown organisation',
      'professionals[0].organisation',
      (d) => (d.professionals[0].organisation = 'nergens'),
    ],
    ['a subject twice', 'professionals[1].subject', (d) => (d.professionals[1].subject = 'mn-leerkracht')],
    ['an organisation twice', 'organisations[10].id', (d) => d.organisations.push(d.organisations[0])],
    [
      'a process manager of nowhere',
      'professionals[10].municipality',
      (d) => delete d.professionals[10].municipality,
    ],
    [
      'a teacher of a municipality',
      'professionals[0].municipality',
      (d) => (d.professionals[0].municipality = '0344'),
    ],
    [
      'a location twice',
      'organisations[8].locations',
      (d) => d.organisations[8].locations.push(d.organisations[8].locations[0]),
    ],
    [
      'a location without a telephone',
      'organisations[8].locations[0].phone',
      (d) => delete d.organisations[8].locations[0].phone,
    ],
    ['a location of nobody', 'professionals[0].location', (d) => (d.professionals[0].location = 'centrum')],
    ['a long name', 'professionals[0].name', (d) => (d.professionals[0].name = 'x'.repeat(81))],
    ['a long function', 'professionals[0].function', (d) => (d.professionals[0].function = 'x'.repeat(61))],
    [
      'an address that a mail server may not take',
      'professionals[1].email',
      (d) => (d.professionals[1].email = 'renée@voorbeeld.example'),
    ],
    ['a part that does not exist', 'professionals[0].note', (d) => (d.professionals[0].note = 'x')],
  ])('is refused as a whole with %s, naming the part', (_, part, change) => {
    const document: unknown = parse(text);
    change(document);
    let parts: string[] = [];
    try {
      readDirectory(stringify(document));
    } catch (error) {
      parts = (error as InvalidDocument).parts.map(({ name }) => name);
    }
    expect([...new Set(parts)]).toEqual([part]);
  });
});
