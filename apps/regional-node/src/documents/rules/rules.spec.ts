import { nameFault } from './person-name.rule.js';
import { wordsFault } from './plain-words.rule.js';

describe('a text that others see', () => {
  it.each(['Jeugdarts (0-18)', 'Şükrü', '李明', 'Basisschool ’t Hart', 'Hotel λ 2', 'E-health', 'A+ zorg'])(
    'may read %s',
    (text) => expect(wordsFault(text)).toBeUndefined(),
  );

  it.each([
    ['a Hangul filler', 'Leer\u3164kracht', 'invisible'],
    ['nothing but one', '\u3164', 'invisible'],
    ['an initial filler', '\u115f', 'invisible'],
    ['one of half width', '\uffa0', 'invisible'],
    ['a soft hyphen', 'Leer\u00adkracht', 'invisible'],
    ['a variation selector', 'Leerkracht\ufe0f', 'invisible'],
    ['an empty Braille pattern', 'Leer\u2800kracht', 'invisible'],
    ['a Cyrillic letter in a Latin word', 'Leerkr\u0430cht', 'mixed'],
    ['a Greek letter in a Latin word', 'Le\u03bfrkracht', 'mixed'],
    ['a Greek letter in a Cyrillic word', '\u0430\u03bf', 'mixed'],
    ['an Armenian letter in a Latin word', 'h\u0585tel', 'mixed'],
    ['a mathematical letter in a Latin word', 'Leerkr\u{1d41a}cht', 'mixed'],
    ['blanks', '  ', 'empty'],
    ['signs', '(-)', 'empty'],
    ['a formula', '=HYPERLINK("x")', 'formula'],
    ['a sum', '+1 team', 'formula'],
    ['a difference', '-1 team', 'formula'],
    ['a reference', '@team', 'formula'],
    ['a formula after a space', ' =1', 'formula'],
    ['a formula of full width', '\uff1d1', 'formula'],
  ])('is not %s', (_what, text, fault) => expect(wordsFault(text)).toBe(fault));
});

/** Names as the official test persons have them, as far as people are called so. */
const LONGEST = [
  'Ven-Van Roedelrode tot Broekzucht',
  "d'Angelo-Huis in 't Veld",
  'Theodoor-Christiaan R. Philip',
];

describe('a name of a person', () => {
  it.each([
    ...LONGEST,
    ...[
      'Ancion de Jerez',
      'Ø',
      'Kūkiņų',
      'ĸaŀa',
      "L'vovna",
      'J.P. de Vries',
      'Th. A. van ’t Hoff',
      'Prince jr.',
    ],
    ...['El Ouazzani', 'al-Ouazzânî', 'IJ. van der Meer', 'Zoë d’Ablaing-Bañez', 'Rene\u0301e'],
    'a'.repeat(80),
    'Aa Bb Cc Dd Ee Ff Gg Hh',
  ])('may be %s', (name) => expect(nameFault(name)).toBeUndefined());

  it.each([
    ['two sentences', 'Vader is agressief. School weet niets.', 'stop'],
    ['a sentence and its comma', 'Jansen, wordt geslagen', 'sign'],
    ['more than a name', 'Jansen wordt thuis geslagen door vader moeder drinkt zie', 'words'],
    ['the same with hyphens', 'Jansen-wordt-thuis-geslagen-door-vader-moeder-drinkt-zie', 'words'],
    ['more than 80 characters', 'a'.repeat(81), 'long'],
    ['a number', 'Jansen 2', 'sign'],
    ['a question', 'Jansen?', 'sign'],
    ['an exclamation', 'Jansen!', 'sign'],
    ['a list', 'Jansen; Pietersen', 'sign'],
    ['an explanation', 'Jansen: zie dossier', 'sign'],
    ['something between brackets', 'Jansen (slaat)', 'sign'],
    ['a slash', 'Jansen/Pietersen', 'sign'],
    ['a quotation', '"Jansen"', 'sign'],
    ['more than one line', 'Jansen\nslaat', 'sign'],
    ['a word that is cut off', 'Jansen wordt gesl.', 'stop'],
    ['dots', 'Jansen ...', 'stop'],
    ['another alphabet', 'العمراني', 'letters'],
    ['a look-alike', 'J\u0430nsen', 'letters'],
    ['no letters', "- '", 'letters'],
    ['nothing', '', 'letters'],
  ])('is not %s', (_what, name, fault) => expect(nameFault(name)).toBe(fault));
});
