import { canonicalDescription } from './canonical-description.rule.js';
import { PARTICLES, PREFIX_WORDS } from './prefix-words.js';
import { surnameSpellings } from './surname-spellings.rule.js';

/** Prefixes of national table 36. */
const PREFIXES = [
  ...[
    "'s",
    "'t",
    'aan',
    "aan 't",
    'aan de',
    'aan den',
    'aan der',
    'aan het',
    'af',
    'al',
    'am',
    'am de',
    'auf',
  ],
  ...[
    'auf dem',
    'auf den',
    'auf der',
    'auf ter',
    'aus',
    "aus 'm",
    'aus dem',
    'aus den',
    'aus der',
    'ben',
    'bij',
  ],
  ...[
    "bij 't",
    'bij de',
    'bij den',
    'bij het',
    'bin',
    "boven d'",
    'd',
    "d'",
    'da',
    'dal',
    'dalla',
    'das',
    'de',
  ],
  ...[
    'de die',
    'de die le',
    "de l'",
    'de la',
    'de las',
    'de le',
    'de van der',
    'deca',
    'degli',
    'dei',
    'del',
  ],
  ...[
    'della',
    'den',
    'der',
    'des',
    'di',
    'die le',
    'do',
    'don',
    'dos',
    'du',
    'el',
    'het',
    'i',
    'im',
    'in',
    "in 't",
  ],
  ...[
    'in de',
    'in den',
    'in der',
    'in het',
    "l'",
    'la',
    'las',
    'le',
    'les',
    'lo',
    'los',
    'of',
    'onder',
    "onder 't",
  ],
  ...[
    'onder de',
    'onder den',
    'onder het',
    'op',
    "op 't",
    'op de',
    'op den',
    'op der',
    'op gen',
    'op het',
    'op ten',
  ],
  ...[
    'over',
    "over 't",
    'over de',
    'over den',
    'over het',
    "s'",
    'te',
    'ten',
    'ter',
    'tho',
    'thoe',
    'thor',
    'to',
  ],
  ...[
    'toe',
    'tot',
    'uijt',
    "uijt 't",
    'uijt de',
    'uijt den',
    'uijt te de',
    'uijt ten',
    'uit',
    "uit 't",
    'uit de',
  ],
  ...[
    'uit den',
    'uit het',
    'uit te de',
    'uit ten',
    'unter',
    'van',
    "van 't",
    'van de',
    "van de l'",
    'van den',
  ],
  ...[
    'van der',
    'van gen',
    'van het',
    'van la',
    'van ter',
    'van van de',
    'ver',
    'vom',
    'von',
    "von 't",
    'von dem',
  ],
  ...[
    'von den',
    'von der',
    'voor',
    "voor 't",
    'voor de',
    'voor den',
    "voor in 't",
    'vor',
    'vor der',
    'zu',
    'zum',
    'zur',
  ],
];

const first = (typed: string) => surnameSpellings(typed)[0];

describe('the spellings of a surname', () => {
  it.each(PREFIXES)('begin with the name behind the prefix %s', (prefix) => {
    const joint = prefix.endsWith("'") ? '' : ' ';
    expect(first(`${prefix}${joint}Haag`)).toBe('Haag');
    expect(first(`${prefix.toUpperCase()}${joint}HAAG`)).toBe('HAAG');
    expect(first(`${prefix.replaceAll("'", '’')} Haag`)).toBe('Haag');
    expect(first(`Haag, ${prefix}`)).toBe('Haag');
    expect(surnameSpellings(`Haag ${prefix}`)).toContain('Haag');
  });

  it.each(['v.d.', 'v. d.', 'v d', 'vd', 'vd.', 'v/d', 'vdr', 'v.d.', 'v.h.', "v. 't", 'vander', 'vanden'])(
    'begin with the name behind %s',
    (prefix) => expect(first(`${prefix} Berg`)).toBe('Berg'),
  );

  it.each<[string, string[]]>([
    ['van den Berg', ['Berg', 'den Berg', 'van den Berg']],
    ['Berg, van den', ['Berg', 'den Berg', 'van den Berg', 'Berg van den', 'Berg-van den']],
    ['Berg van den', ['Berg van den', 'Berg-van den', 'Berg', 'den Berg', 'van den Berg']],
    ["van  't  Hoff ", ['Hoff', "'t Hoff", "van 't Hoff"]],
    ['de die le Berg', ['Berg', 'le Berg', 'die le Berg', 'de die le Berg']],
    ['op de van der Berg', ['Berg', 'der Berg', 'van der Berg', 'op de van der Berg']],
    ['van den', ['den', 'van den']],
    ['Al', ['Al']],
    ['Jansen', ['Jansen']],
    ['Jansen, Sanne', ['Jansen Sanne', 'Jansen-Sanne']],
    ['Jansen-de Vries', ['Jansen-de Vries', 'Jansen de Vries']],
    ['Jansen – de Vries', ['Jansen-de Vries', 'Jansen de Vries']],
    ['Jansen de Vries', ['Jansen de Vries', 'Jansen-de Vries']],
    ['El Amrani', ['Amrani', 'El Amrani', 'El-Amrani']],
    ['A B C', ['A B C', 'A B-C', 'A-B C', 'A-B-C']],
    ['A B-C E', ['A B-C E', 'A B C E', 'A-B-C-E']],
    ["O'Brien", ["O'Brien"]],
    ['Meyer', ['Meyer', 'Meijer']],
    ['Kuĳper', ['Kuijper', 'Kuyper']],
    ['Kuÿper', ['Kuÿper', 'kuyper', 'Kuijper']],
    ['Gündoğan', ['Gündoğan', 'gundogan']],
    ['Țepeș', ['Ţepeş', 'tepes']],
    ['Nguễn', ['Nguên', 'nguen']],
    ['Vųlĸovāŀ', ['Vųlĸovāŀ', 'vulkoval']],
    ['Ðəɓo', ['Ðeo', 'deo']],
    ['-', ['-', '.']],
    ['–', ['-', '.']],
    [' . ', ['-', '.']],
    ['Иванов', []],
    ['李', []],
    ['', []],
  ])('of %s are those', (typed, spellings) => {
    expect(surnameSpellings(typed)).toEqual(spellings);
  });

  it.each(['van ’t Hoff', 'van ‘t Hoff', 'van ′t Hoff', 'van ʼt Hoff', 'van `t Hoff', 'van ´t Hoff'])(
    'of %s are those with a straight apostrophe, as the canonical form reads it',
    (typed) => {
      const described = (surname: string) =>
        canonicalDescription({ surname, birthDate: '2012-05-12', sex: 'M' });
      expect(surnameSpellings(typed)).toEqual(surnameSpellings("van 't Hoff"));
      expect(described(typed)).toBe(described("van 't Hoff"));
    },
  );

  it('are the same for composed and decomposed letters', () => {
    for (const name of ['Müller', 'Gündoğan', 'Țepeș', 'Nguyễn', 'Żółć'])
      expect(surnameSpellings(name.normalize('NFD'))).toEqual(surnameSpellings(name.normalize('NFC')));
  });

  it('are twelve at most, and no longer than the register takes', () => {
    expect(surnameSpellings('voor in de Ÿsbränd-Büyük Żółć')).toHaveLength(12);
    expect(surnameSpellings('x'.repeat(200))).toEqual(['x'.repeat(200)]);
    expect(surnameSpellings('x'.repeat(201))).toEqual([]);
  });

  it('hold only what the search of the register takes', () => {
    const taken = /^[a-zA-Z0-9À-ž .\-']{1,200}$/;
    for (const typed of ['voor in ’t Nguyễn/Țepeș', 'Ƒaß ɓ', '´s-Gravesande', 'van de_Berg', 'Ki\u200bm'])
      for (const spelling of surnameSpellings(typed)) expect(spelling).toMatch(taken);
  });
});

describe('the words of prefixes', () => {
  it('hold all particles of the canonical form, which leaves out no other word', () => {
    for (const word of PREFIX_WORDS) {
      const described = canonicalDescription({ surname: `${word} Haag`, birthDate: '2012-05-12', sex: 'V' });
      expect(described).toBe(`${PARTICLES.has(word) ? '' : word.replaceAll('ij', 'y')}haag|2012-05-12|V`);
    }
    expect([...PARTICLES].filter((word) => !PREFIX_WORDS.has(word))).toEqual([]);
    // another particle would part new signals from old ones: that is another version of the form
    expect([...PARTICLES].sort().join(' ')).toBe(
      'aan af al av bij d da das de del della den der des di do dos du el het in l la le les onder op over s t te ten ter uit ul van vom von voor zu zum zur',
    );
  });
});
