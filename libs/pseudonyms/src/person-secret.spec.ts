import { readFileSync } from 'node:fs';
import { format, inspect } from 'node:util';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { describedYouthInput, personInput, PersonSecret, SodiumOprf, Tag, type PersonRole } from './index.js';

const DERIVED = ['T', 'tag', 'cardKey', 'archiveTag', 'archiveKey', 'youthRef'] as const;
interface KnownAnswers {
  seed: string;
  keyInfo: string;
  secretKey: string;
  publicKey: string;
  epoch: number;
  matchId: string;
  persons: (Record<(typeof DERIVED)[number], string> & { role: PersonRole; bsn: string })[];
}

const known = JSON.parse(
  readFileSync(new URL('../vectors/known-answers.json', import.meta.url), 'utf8'),
) as KnownAnswers;
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

describe('the published known answers', () => {
  it('use the key that their seed derives', () => {
    const keys = ristretto255_oprf.voprf.deriveKeyPair(bytes(known.seed), bytes(known.keyInfo));
    expect([hex(keys.secretKey), hex(keys.publicKey)]).toEqual([known.secretKey, known.publicKey]);
  });

  it.each(known.persons.map((person, i) => ({ name: `person ${i + 1} (${person.role})`, person })))(
    'hold for $name',
    async ({ person }) => {
      const suite = await SodiumOprf.load();
      const input = personInput(person.role, 'bsn', person.bsn);
      const { blind, element } = suite.blind(input);
      const { evaluated } = suite.evaluate(bytes(known.secretKey), bytes(known.publicKey), [element]);
      const secret = new PersonSecret(suite.finalize(input, blind, evaluated[0]!));

      expect(hex(secret.revealBytes())).toBe(person.T);
      expect(secret.tag(known.epoch).revealBase64Url()).toBe(person.tag);
      expect(hex(secret.cardKey(known.epoch))).toBe(person.cardKey);
      expect(secret.archiveTag(known.epoch).revealBase64Url()).toBe(person.archiveTag);
      expect(hex(secret.archiveKey(known.epoch))).toBe(person.archiveKey);
      expect(secret.youthRef(known.matchId)).toBe(person.youthRef);
    },
  );

  it('give a youth who is also a parent nothing in common', () => {
    const [youth, parent] = known.persons as [KnownAnswers['persons'][0], KnownAnswers['persons'][0]];
    expect([youth.role, parent.role, youth.bsn]).toEqual(['youth', 'parent', parent.bsn]);
    for (const value of DERIVED) expect(youth[value]).not.toBe(parent[value]);
  });
});

describe('personInput', () => {
  it('is the fixed ASCII string', () => {
    expect(Buffer.from(personInput('youth', 'bsn', '999934077')).toString('ascii')).toBe(
      'vir1|youth|bsn|999934077',
    );
    expect(Buffer.from(personInput('parent', 'bsn', '000000000')).toString('ascii')).toBe(
      'vir1|parent|bsn|000000000',
    );
  });

  it.each(['99991234', '9999123470', '99991234a', ' 99912347', '999912347\n', ''])(
    'refuses a number that is not nine digits, without repeating it',
    (number) => {
      let message = '';
      try {
        personInput('youth', 'bsn', number);
      } catch (error) {
        message = String(error);
      }
      expect(message).toBe('RangeError: the number of a person has nine digits');
    },
  );
});

describe('describedYouthInput', () => {
  it('is the fixed ASCII string', () => {
    expect(Buffer.from(describedYouthInput('amrani|2012-05-12|V')).toString('ascii')).toBe(
      'vir1|youth|visn|amrani|2012-05-12|V',
    );
  });

  it.each([
    ...[
      'El Amrani|2012-05-12|V',
      'amrani|2012-5-12|V',
      'amrani|2012-05-12|O',
      'amrani|2012-05-12',
      '|2012-05-12|M',
    ],
    ...['amrani|2012-05-12|V\n', ' amrani|2012-05-12|V', `${'a'.repeat(201)}|2012-05-12|V`, '999934077'],
  ])('refuses what is not in the canonical form, without repeating it', (description) => {
    let message = '';
    try {
      describedYouthInput(description);
    } catch (error) {
      message = String(error);
    }
    expect(message).toBe('RangeError: a description has a canonical surname, a birth date and a sex');
  });
});

describe.each([
  ['PersonSecret', () => new PersonSecret(new Uint8Array(64).fill(0x41))],
  ['Tag', () => new Tag(new Uint8Array(32).fill(0x41))],
])('%s', (name, make) => {
  const mask = `[${name}]`;

  it('never prints', () => {
    const value = make();
    expect(String(value)).toBe(mask);
    expect(`${value.toString()} ${'' + (value as unknown as string)}`).toBe(`${mask} ${mask}`);
    expect(JSON.stringify({ value })).toBe(`{"value":"${mask}"}`);
    expect(inspect({ deep: [value] }, { showHidden: true, depth: 9 })).toBe(
      inspect({ deep: [mask] }, { showHidden: true, depth: 9 }).replaceAll("'", ''),
    );
    expect(format('%s %o %j', value, value, value)).toBe(`${mask} ${mask} "${mask}"`);
    expect(Object.keys(value)).toEqual([]);
    expect(inspect({ ...value })).toBe('{}');
  });

  it('keeps its own copy of the bytes', () => {
    const source = new Uint8Array(name === 'Tag' ? 32 : 64).fill(1);
    const value = name === 'Tag' ? new Tag(source) : new PersonSecret(source);
    const reveal = () => (value instanceof Tag ? value.revealBase64Url() : hex(value.revealBytes()));
    const before = reveal();
    source.fill(2);
    if (value instanceof PersonSecret) value.revealBytes().fill(3);
    expect(reveal()).toBe(before);
  });
});

describe('PersonSecret', () => {
  const secret = new PersonSecret(new Uint8Array(64).fill(7));

  it('gives every epoch and every match values of its own', () => {
    const tags = [0, 1, 2, 10, 11].map((epoch) => secret.tag(epoch).revealBase64Url());
    const keys = [0, 1, 2, 10, 11].map((epoch) => hex(secret.cardKey(epoch)));
    const archive = [0, 1, 2, 10, 11].flatMap((epoch) => [
      secret.archiveTag(epoch).revealBase64Url(),
      hex(secret.archiveKey(epoch)),
    ]);
    expect(new Set([...tags, ...keys, ...archive]).size).toBe(20);
    expect(secret.youthRef('a')).not.toBe(secret.youthRef('b'));
    expect(secret.youthRef('a')).toMatch(/^[\w-]{22}$/);
  });

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53])('refuses %p as an epoch', (epoch) => {
    expect(() => secret.tag(epoch)).toThrow('epoch must be a whole number');
    expect(() => secret.cardKey(epoch)).toThrow('epoch must be a whole number');
    expect(() => secret.archiveTag(epoch)).toThrow('epoch must be a whole number');
    expect(() => secret.archiveKey(epoch)).toThrow('epoch must be a whole number');
  });

  it('has 64 bytes, no more and no fewer', () => {
    for (const length of [0, 32, 63, 65])
      expect(() => new PersonSecret(new Uint8Array(length))).toThrow(RangeError);
  });
});

describe('Tag', () => {
  it('reads back what it revealed', () => {
    const text = new PersonSecret(new Uint8Array(64).fill(9)).tag(1).revealBase64Url();
    expect(Tag.fromBase64Url(text).revealBase64Url()).toBe(text);
  });

  it.each(['', 'A'.repeat(42), 'A'.repeat(44), 'A'.repeat(42) + '=', '+'.repeat(43), 'A'.repeat(42) + 'B'])(
    'refuses %p from the wire',
    (text) => {
      expect(() => Tag.fromBase64Url(text)).toThrow(RangeError);
    },
  );
});
