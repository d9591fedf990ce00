import { existsSync, readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { YouthBySearch } from './youth.dto.js';

interface NameAsTyped {
  typed: string;
  expect: string;
}
const FILES = ['apps/regional-node/test/names-as-typed.json', '../shared/cases/names-as-typed.json'];
for (const file of FILES) if (!existsSync(file)) process.stderr.write(`skipped: ${file} is not here\n`);

/** What is said of each wrong field of a search. */
const refusals = (youth: object): Record<string, string> =>
  Object.fromEntries(
    validateSync(
      plainToInstance(YouthBySearch, { surname: 'Jansen', birthDate: '2012-03-14', sex: 'V', ...youth }),
    ).map(({ property, constraints }) => [property, Object.values(constraints ?? {}).join(' ')]),
  );

describe.each(FILES.filter((file) => existsSync(file)))('a surname as typed, of %s', (file) => {
  it.each(JSON.parse(readFileSync(file, 'utf8')) as NameAsTyped[])(
    '"$typed" is taken, or refused with the reason: $expect',
    ({ typed, expect: wanted }) => {
      const { surname, ...others } = refusals({ surname: typed });
      expect(others).toEqual({});
      expect(surname !== undefined).toBe(wanted.startsWith('refused'));
      // what is filled in is not asked to be filled in
      if (surname !== undefined && typed.trim() !== '') expect(surname).not.toMatch(/^Vul/);
    },
  );
});

describe('a search', () => {
  it.each<[object, string, RegExp]>([
    [{ surname: undefined }, 'surname', /^Vul de achternaam in/],
    [{ surname: '' }, 'surname', /^Vul de achternaam in/],
    [{ surname: 7 }, 'surname', /^Vul de achternaam in/],
    [{ surname: 'Voor*' }, 'surname', /^Schrijf de naam voluit/],
    [{ surname: 'العمراني' }, 'surname', /Latijnse letters/],
    [{ surname: 'Jansen (zie dossier)' }, 'surname', /^Gebruik in een naam alleen/],
    [{ surname: '..' }, 'surname', /^Gebruik in een naam alleen/],
    [{ surname: 'x'.repeat(200) }, 'surname', /199/],
    [{ givenName: 'Sann*' }, 'givenName', /^Schrijf de naam voluit/],
    [{ givenName: ' ' }, 'givenName', /^Vul een voornaam in/],
    [{ birthDate: '2012-13' }, 'birthDate', /^Vul een bestaande datum in/],
    [{ birthDate: '12' }, 'birthDate', /^Vul een bestaande datum in/],
    [{ birthDate: undefined }, 'birthDate', /^Vul een bestaande datum in/],
    [{ sex: 'X' }, 'sex', /^Kies/],
    [{ postcode: '3580' }, 'postcode', /^Vul een postcode in/],
    [{ houseNumber: '0' }, 'houseNumber', /^Vul een huisnummer in/],
    [{ houseNumber: '123456' }, 'houseNumber', /^Vul een huisnummer in/],
    [{ houseNumber: 12 }, 'houseNumber', /^Vul een huisnummer in/],
  ])('with %j is refused at the field', (youth, field, reason) => {
    expect(refusals(youth)).toEqual({ [field]: expect.stringMatching(reason) });
  });

  it.each([
    {},
    { birthDate: '2012' },
    { birthDate: '2012-03' },
    { postcode: '3580ZA', houseNumber: '12' },
    { postcode: '3580 za', houseNumber: '12a' },
    { houseNumber: '12 bis' },
    { houseNumber: '12-2' },
    { givenName: 'Anne-Marie' },
    { givenName: '-' },
  ])('with %j is taken', (youth) => expect(refusals(youth)).toEqual({}));
});
