import { NoPeopleCsv, readPeople } from './people-csv.js';
import { textOf } from './spreadsheet-text.js';

const HEADER = 'subject;name;function;phone;email;organisation;designated';
const DUTCH = 'Inlognaam;Naam;Functie;Telefoon;E-mail;Organisatie;Aangewezen';
const PERSON = {
  ...{ subject: 'mn-x', name: 'R Proef', function: 'Leerkracht', phone: '030-0000020' },
  ...{ email: 'r@proef.example', organisation: 'basisschool-de-linde', designated: 'ja' },
};
type Change = Partial<Record<keyof typeof PERSON, string>>;

/** A line about somebody, in the order of the header. */
const lineOf = (change: Change = {}, separator = ';'): string =>
  Object.values({ ...PERSON, ...change }).join(separator);
const LINE = lineOf();
const file = (...lines: string[]): string => [HEADER, ...lines].join('\r\n');
/** Bytes that stand for Latin-1, as most of Windows-1252 is. */
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The only person of a file, in which nothing is wrong. */
function personIn(csv: string | Buffer) {
  const [read, ...others] = readPeople(typeof csv === 'string' ? csv : textOf(csv));
  expect([others, read?.wrong]).toEqual([[], []]);
  return read!.person;
}

/** What is wrong with each line that is not right: line, column, code. */
const wrongIn = (csv: string): string[] =>
  [...readPeople(csv)].flatMap(({ line, wrong }) => wrong.map(({ name, code }) => `${line} ${name} ${code}`));

/** Why a file is refused as a whole. */
function refusalOf(csv: string): string {
  try {
    Array.from(readPeople(csv));
  } catch (error) {
    if (error instanceof NoPeopleCsv) return error.reasons.map(({ reason }) => reason).join(' ');
    throw error;
  }
  throw new Error('the file was read');
}

describe('the letters of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(file(lineOf({ name: 'Renée Proef' })))],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${file(lineOf({ name: 'Renée Proef' }))}\r\n`)],
    ['Windows-1252', latin1(file(lineOf({ name: 'Renée Proef' })))],
    [
      'UTF-16 with a byte order mark',
      Buffer.from(`\ufeff${file(lineOf({ name: 'Renée Proef' }))}`, 'utf16le'),
    ],
    ['UTF-8 with a loose accent', Buffer.from(file(lineOf({ name: 'Rene\u0301e Proef' })))],
  ])('are read from %s', (_, bytes) => {
    expect(personIn(bytes).name).toBe('Renée Proef');
  });

  it.each([
    ['all letters of Latin-1', 'Zoë d’Été-Núñez Ærø Straße', latin1('Zoë d\x92Été-Núñez Ærø Straße')],
    ['what Latin-1 does not have', 'Š. Žižek – Œuvre', latin1('\x8a. \x8ei\x9eek \x96 \x8cuvre')],
    ['a capital with an accent', 'Émile Proef', latin1('Émile Proef')],
    ['no-break spaces', 'R Proef', latin1('R\xa0Proef\xa0')],
  ])('of Windows-1252 may be %s', (_, name, bytes) => {
    const [before, after] = file(lineOf({ name: '#' })).split('#');
    expect(personIn(Buffer.concat([latin1(before!), bytes, latin1(after!)])).name).toBe(name);
  });

  it.each([
    ['that were lost', 'Ren\ufffde Proef'],
    ['that were read as Windows-1252 before', 'RenÃ©e Proef'],
    ['that were read so, as capitals', 'Ã‰mile Proef'],
    ['that were read so, of the east', 'Å½iÅ¾ek'],
  ])('are refused %s', (_, name) => {
    expect(wrongIn(file(lineOf({ name })))).toEqual(['2 name lostLetters']);
  });

  it.each(['Ângela São', 'Åse Ärlig', 'Şükrü', 'Ōe Ķęstutis'])('may be those of %s', (name) => {
    expect(personIn(file(lineOf({ name }))).name).toBe(name);
  });
});

describe('the lines of a file', () => {
  it.each([
    ['semicolons', ';', ''],
    ['commas', ',', ''],
    ['tabs', '\t', ''],
    ['semicolons, as its first line says', ';', 'sep=;\r\n'],
    ['commas, as its first line says', ',', 'SEP=,\n'],
    ['tabs, as its first line says in quotes', '\t', '"sep=\t"\r'],
    ['semicolons, as its first line says, with a byte order mark', ';', '\ufeffsep=;\r\n'],
  ])('are separated by %s', (_, separator, first) => {
    const header = HEADER.replaceAll(';', separator);
    const csv = `${first}${header}\r\n${lineOf({}, separator)}\r\n`;
    expect(personIn(csv)).toEqual(PERSON);
    // a spreadsheet does not count the line that tells the separator
    expect([...readPeople(csv)].map(({ line }) => line)).toEqual([2]);
  });

  it.each([
    ['CR and LF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('end with %s', (_, end) => {
    const csv = [HEADER, LINE, lineOf({ subject: 'mn-y' }), ''].join(end);
    expect([...readPeople(csv)].map(({ line, person }) => `${line} ${person.subject}`)).toEqual([
      '2 mn-x',
      '3 mn-y',
    ]);
  });

  it('may end in more than one way', () => {
    expect(wrongIn(`${HEADER}\n${LINE}\r\n${lineOf({ subject: 'mn-y' })}\r`)).toEqual([]);
  });

  it.each([
    ['a comma without quotes, in a file with semicolons', 'Leerkracht, groep 3', 'Leerkracht, groep 3'],
    ['a semicolon in quotes', '"Leerkracht; groep 3"', 'Leerkracht; groep 3'],
    ['quotes in quotes', '"Leerkracht ""groep 3"""', 'Leerkracht "groep 3"'],
    ['spaces around quotes', ' "Leerkracht"  ', 'Leerkracht'],
    ['spaces and no-break spaces around', ' \u00a0Leerkracht\u00a0 ', 'Leerkracht'],
    ['spaces and no-break spaces in quotes', '" Leerkracht\u00a0groep 3 "', 'Leerkracht groep 3'],
    ['a line break at the end, in quotes', '"Leerkracht\n"', 'Leerkracht'],
    ['tabs at the end', 'Leerkracht\t', 'Leerkracht'],
  ])('may have %s', (_, cell, value) => {
    expect(personIn(file(lineOf({ function: cell }))).function).toBe(value);
  });

  it('may have a semicolon without quotes in a file with commas, and empty cells in one with tabs', () => {
    const commas = [HEADER.replaceAll(';', ','), lineOf({ function: 'Leerkracht; groep 3' }, ',')].join('\n');
    expect(personIn(commas).function).toBe('Leerkracht; groep 3');
    const tabs = [HEADER, lineOf({ function: '' })].join('\n').replaceAll(';', '\t');
    expect(wrongIn(tabs)).toEqual(['2 function isNotEmpty']);
  });

  it('are counted as a spreadsheet counts them, and rows that are empty are skipped', () => {
    const broken = lineOf({ subject: 'mn-y', function: '"Leerkracht\r\ngroep 3"' });
    const csv = file(
      LINE,
      ';;;;;;',
      '',
      broken,
      ' ; ;\u00a0;;;;',
      '""',
      lineOf({ subject: 'mn-z', phone: 'x' }),
    );
    expect([...readPeople(csv)].map(({ line }) => line)).toEqual([2, 5, 8]);
    expect(wrongIn(csv)).toEqual(['5 function matches', '8 phone matches']);
  });

  it.each([
    ['empty rows at the end', file(LINE, ';;;;;;', ';;;;;;', '')],
    ['an empty row before the columns', `;;;;;;\r\n${file(LINE)}`],
    ['an empty column at the end', [`${HEADER};`, `${LINE};`].join('\n')],
    ['an empty column between', [HEADER.replace(';', ';;'), LINE.replace(';', ';;')].join('\n')],
    ['a column of a location, left out where it is empty', [`${HEADER};location`, LINE].join('\n')],
  ])('may have %s', (_, csv) => {
    expect(personIn(csv)).toMatchObject(PERSON);
  });

  it('are refused where a separator makes cells outside the columns', () => {
    const header = HEADER.replaceAll(';', ',');
    const lines = [lineOf({ function: 'Leerkracht, groep 3' }, ','), lineOf({ subject: 'mn-y' }, ',')];
    expect(wrongIn([header, ...lines].join('\n'))).toEqual(['2 line cells']);
    expect(wrongIn(file(LINE, `${lineOf({ subject: 'mn-y' })};x`))).toEqual(['3 line cells']);
    expect(wrongIn(`${HEADER.replace(';', ';;')}\n${LINE.replace(';', ';x;')}`)).toEqual(['2 line cells']);
  });

  it.each([
    ['that is not closed', `"${lineOf({ subject: 'mn-y' })}`],
    ['within a cell', lineOf({ name: 'R "Proef' })],
    ['before the end of a cell', lineOf({ name: '"R" Proef' })],
  ])('are refused as a whole with a quotation mark %s', (_, line) => {
    expect(refusalOf(file(LINE, '', line, LINE))).toContain('Op regel 4 klopt een aanhalingsteken niet.');
  });
});

describe('the columns of a file', () => {
  it.each([
    ['in English', HEADER],
    ['in English with capitals', 'Subject;NAME;Function;Phone;Email;Organisation;Designated'],
    ['in Dutch', DUTCH],
    ['in Dutch capitals', DUTCH.toUpperCase()],
    ['in both', 'inlognaam;name;functie;telefoonnummer;e-mailadres;organisation;aangewezen'],
    ['in quotes and with spaces', '"Inlognaam"; Naam ;Functie\u00a0;Telefoon;E-mail;Organisatie;Aangewezen'],
  ])('are named %s', (_, header) => {
    expect(personIn(`${header}\r\n${LINE}`)).toEqual(PERSON);
  });

  it.each([
    ['an unknown one', `${HEADER};bsn`, 'kent de verwijsindex niet: “H (bsn)”. Haal ze weg.'],
    ['a property of every object', `${HEADER};__proto__;constructor`, '“H, I (constructor)”'],
    ['a doubled one', `${DUTCH};Telefoonnummer`, 'staan er meer dan één keer: “telefoon”.'],
    ['a doubled one, in English', `${HEADER};phone`, 'staan er meer dan één keer: “phone”.'],
    ['some missing', 'Inlognaam;Naam;Functie;E-mail;Organisatie', 'ontbreken: “telefoon, aangewezen”.'],
    [
      'some missing, in English',
      'subject;name;function;email',
      'ontbreken: “phone, organisation, designated”.',
    ],
    ['none at all', LINE, 'Begin met een regel met deze kolommen: inlognaam, naam,'],
    ['nothing below', DUTCH, 'Het bestand noemt niemand.'],
    ['nothing but empty rows below', file(';;;;;;', ''), 'Het bestand noemt niemand.'],
  ])('are refused with %s', (_, header, reason) => {
    expect(refusalOf(header)).toContain(reason);
  });

  it('tell several things at once, and no datum of a person', () => {
    const refusal = refusalOf('Inlognaam;Naam;Functie;Functie;06-12345678\r\nx');
    expect(refusal).toContain('“E”');
    expect(refusal).toContain('“telefoon, e-mail, organisatie, aangewezen”');
    expect(refusal).toContain('“functie”');
    expect(refusalOf(LINE)).not.toMatch(/Proef|030/);
  });

  it.each([
    ['an Excel file', 'PK\u0003\u0004\u0014\0\u0006\0'],
    ['a text of UTF-16 without mark', Buffer.from(file(LINE), 'utf16le').toString('latin1')],
  ])('are not looked for in %s', (_, csv) => {
    expect(refusalOf(csv)).toContain('Dit is geen CSV-bestand.');
  });
});

describe('what a spreadsheet changed', () => {
  it.each([
    ['302345678', '0302345678'],
    ['612345678', '0612345678'],
    ['881234567', '0881234567'],
    ['31302345678', '+31302345678'],
    ['31612345678', '+31612345678'],
    ['030\u20112345678', '030-2345678'],
    ['030\u00a0234\u00a056\u00a078', '030 234 56 78'],
  ])('is put right in the telephone number %s', (phone, restored) => {
    expect(personIn(file(lineOf({ phone }))).phone).toBe(restored);
  });

  it.each(['0302345678', '+31 (0)30 234 56 78', '+32 2 555 12 12', '(030) 234 56 78', '14030', '0800-1234'])(
    'is not seen in the telephone number %s',
    (phone) => {
      expect(personIn(file(lineOf({ phone }))).phone).toBe(phone);
    },
  );

  it.each([
    '3,02E+08',
    '3.02345678E+08',
    '3E8',
    '30234567',
    '3221234567',
    '900123456',
    '302345678,00',
    '302.345.678',
  ])('is told of the telephone number %s', (phone) => {
    const [read] = readPeople(file(lineOf({ phone })));
    expect(read!.wrong).toEqual([
      {
        name: 'phone',
        code: 'number',
        reason: expect.stringContaining('rekenblad heeft van dit telefoonnummer'),
      },
    ]);
  });

  it.each(['1,10169E+20', '1.1E+5', '110169484474386000000'])('is told of the login name %s', (subject) => {
    expect(wrongIn(file(lineOf({ subject })))).toEqual(['2 subject number']);
  });

  it.each(['110169484474386276334', '12345', '1e5f0000-0000-4000-8000-000000000001', '0012345'])(
    'is not seen in the login name %s',
    (subject) => {
      expect(personIn(file(lineOf({ subject }))).subject).toBe(subject);
    },
  );

  it('is told where login names of others begin with zeros', () => {
    const csv = file(...['0012345', '12346', '1234567', 'a1'].map((subject) => lineOf({ subject })));
    expect(wrongIn(csv)).toEqual(['3 subject zeros']);
  });

  it.each([
    ['Ja', 'ja'],
    ['YES', 'ja'],
    ['WAAR', 'ja'],
    ['Nee', 'nee'],
    ['no', 'nee'],
    ['FALSE', 'nee'],
  ])('is understood where somebody is designated: %s', (designated, said) => {
    expect(personIn(file(lineOf({ designated }))).designated).toBe(said);
  });

  it.each(['soms', '', 'j', '1'])('is not guessed where somebody is designated: %j', (designated) => {
    expect(wrongIn(file(lineOf({ designated })))).toEqual(['2 designated isIn']);
  });
});

describe('a cell that a spreadsheet would run', () => {
  it.each([
    ['name', '=HYPERLINK(1)'],
    ['name', '+Anna'],
    ['name', '-Anna'],
    ['name', '@SUM(1)'],
    ['name', '"\tAnna"'],
    ['name', '"\rAnna"'],
    ['name', '" =1+1"'],
    ['name', '＝1+1'],
    ['function', '=1+1'],
    ['subject', '=x'],
    ['email', '@proef.example'],
    ['organisation', '-x'],
    ['designated', '=WAAR()'],
    ['phone', '=31'],
    ['phone', '-31'],
  ] as const)('is refused by line and column: %s %j', (column, cell) => {
    expect(wrongIn(file(LINE, lineOf({ subject: 'mn-y', [column]: cell })))).toEqual([`3 ${column} formula`]);
  });

  it('is not a telephone number with a +, but only that', () => {
    expect(wrongIn(file(lineOf({ phone: '+31 30 234 56 78' })))).toEqual([]);
    expect(wrongIn(file(lineOf({ phone: '+cmd|x' })))).toEqual(['2 phone matches']);
  });

  it.each(['#NAAM?', '#N/B', '#DEEL/0!', '#REF!', '########'])('left an error value: %s', (name) => {
    expect(wrongIn(file(lineOf({ name })))).toEqual(['2 name errorValue']);
  });
});

describe('the number of lines', () => {
  it('is 2,000 people at most, however many empty rows stand between', () => {
    const people = Array.from({ length: 2_000 }, (_each, n) => lineOf({ subject: `mn-${n}` }));
    expect([...readPeople(file(...people, ...Array<string>(3_000).fill(';;;;;;')))]).toHaveLength(2_000);
    expect(refusalOf(file(...people, LINE))).toBe('Voer ten hoogste 2000 mensen tegelijk in.');
  });

  it.each([50_000, 200_000])('is known before anything else: %d short lines take no time', (count) => {
    const csv = `${HEADER}\n${'x\n'.repeat(count)}`;
    const begun = performance.now();
    expect(refusalOf(csv)).toBe('Voer ten hoogste 2000 mensen tegelijk in.');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
