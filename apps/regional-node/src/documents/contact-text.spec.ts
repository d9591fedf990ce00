import { validateSync } from 'class-validator';
import { ContactText, EmailAddress, PhoneNumber } from './index.js';

class Card {
  @ContactText(20) name: string;
  @PhoneNumber() phone: string;
  @EmailAddress() email: string;
}
const wrongIn = (change: object): string[] =>
  validateSync(
    Object.assign(new Card(), {
      name: 'Anna',
      phone: '030-000 00 01',
      email: 'anna@voorbeeld.example',
      ...change,
    }),
  ).map(({ property }) => property);

describe('contact data', () => {
  it.each([
    'Anna de Wit',
    "Zoë d'Ablaing-Bañez",
    'Jeugdarts (0-18)',
    'J. & K. 50%',
    'x'.repeat(20),
    'Şükrü',
    '李明',
  ])('may read %s', (name) => {
    expect(wrongIn({ name })).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['too much', 'x'.repeat(21)],
    ['a new line', 'Anna\nBcc: x'],
    ['a control character', 'Anna\u0007'],
    ['a character that turns the direction of text', 'Anna\u202e'],
    ['an invisible character', 'An\u200bna'],
    ['a line separator', 'Anna\u2028'],
    ['markup', '<b>Anna'],
    ['an address of a page', 'http://x.example'],
    ['an address of a page without scheme', 'WWW.x.example'],
    ['an address of a page with a path', 'x.example/inloggen'],
    ['a number', 7],
    ['null', null],
    ['an invisible filler', '\u3164'],
    ['a word of two alphabets', 'Leerkr\u0430cht'],
    ['a formula', '=1+1'],
  ])('may not be %s', (_, name) => {
    expect(wrongIn({ name })).toEqual(['name']);
  });

  it('has a telephone number of people', () => {
    expect(['+31 (0)30 000 0001', '0300000001'].flatMap((phone) => wrongIn({ phone }))).toEqual([]);
    for (const phone of [
      '',
      '1',
      'bel mij',
      '0'.repeat(21),
      '030-1\n',
      'tel:030',
      '-030 1',
      '+ 31',
      '((((',
      '--31',
    ])
      expect(wrongIn({ phone })).toEqual(['phone']);
  });

  it('has one mail address', () => {
    for (const email of [
      '',
      'anna',
      'a@b',
      'a@b.example, c@d.example',
      'Anna <a@b.example>',
      'a@b.example\nBcc: x',
    ]) {
      expect(wrongIn({ email })).toEqual(['email']);
    }
    expect(wrongIn({ email: `${'a'.repeat(60)}@${'b'.repeat(50)}.example` })).toEqual(['email']);
  });

  it.each([
    'anna.de.wit@voorbeeld.example',
    "o'brien+werk@voorbeeld.example",
    'anna@bücher.example',
    'anna@BÜCHER.example',
  ])('has an address that a mail server takes: %s', (email) => {
    expect(wrongIn({ email })).toEqual([]);
  });

  it.each([
    'renée@voorbeeld.example',
    'rene\u0301e@voorbeeld.example',
    'straße@voorbeeld.example',
    'аnna@voorbeeld.example',
    '李明@voorbeeld.example',
    'anna😀@voorbeeld.example',
    '"anna"@voorbeeld.example',
    '"anna de wit"@voorbeeld.example',
    '"a@b"@voorbeeld.example',
  ])('says what is wrong before the @ of %s', (email) => {
    const [wrong] = validateSync(Object.assign(new Card(), { name: 'Anna', phone: '030-000 00 01', email }));
    expect(Object.values(wrong!.constraints!)).toContain(
      'Gebruik voor de @ in het e-mailadres alleen de letters a tot en met z, cijfers en leestekens. Aanhalingstekens mogen niet.',
    );
  });

  it.each([
    'anna@xn--bcher-kva.example',
    'anna@www.XN--bcher-kva.example',
    'anna@xn--e1afmkfd.example',
    'anna@voorb\u0435eld.example',
    'anna@пример.example',
    '=anna@voorbeeld.example',
    '+anna@voorbeeld.example',
    '-anna@voorbeeld.example',
  ])('is no address that reads as another: %s', (email) => {
    expect(wrongIn({ email })).toEqual(['email']);
  });
});
