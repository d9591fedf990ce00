import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { Bsn } from '#libs/bsn';
import { BlindIndex, SealingKey } from './index.js';

const key = () => randomBytes(32).toString('base64');
const bsn = Bsn.parse('999910000');

describe('the sealing key', () => {
  const sealingKey = new SealingKey(key());
  const bytes = Buffer.from('999910000');

  it('opens what it sealed, and seals the same value differently each time', () => {
    const [first, second] = [sealingKey.seal('youth-bsn/1', bytes), sealingKey.seal('youth-bsn/1', bytes)];
    expect(first.equals(second)).toBe(false);
    expect(first.includes(bytes)).toBe(false);
    expect([first, second].map((sealed) => sealingKey.open('youth-bsn/1', sealed).toString())).toEqual([
      '999910000',
      '999910000',
    ]);
    expect(sealingKey.open('x', sealingKey.seal('x', Buffer.alloc(0)))).toHaveLength(0);
  });

  it('opens nothing for another purpose or row, under another key, changed or cut off', () => {
    const sealed = sealingKey.seal('youth-bsn/1', bytes);
    expect(() => sealingKey.open('youth-bsn/2', sealed)).toThrow();
    expect(() => new SealingKey(key()).open('youth-bsn/1', sealed)).toThrow();
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Buffer.from(sealed);
      changed[place]! ^= 1;
      expect(() => sealingKey.open('youth-bsn/1', changed)).toThrow();
      expect(() => sealingKey.open('youth-bsn/1', sealed.subarray(0, place))).toThrow();
    }
  });
});

describe('the blind index', () => {
  const text = key();
  const index = new BlindIndex(text);

  it('is equal for equal persons in one role only, and differs with the key', () => {
    expect(index.of('youth', bsn)).toHaveLength(32);
    expect(new BlindIndex(text).of('youth', Bsn.parse('999910000')).equals(index.of('youth', bsn))).toBe(
      true,
    );
    expect(index.of('parent', bsn).equals(index.of('youth', bsn))).toBe(false);
    expect(index.of('youth', Bsn.parse('999910012')).equals(index.of('youth', bsn))).toBe(false);
    expect(new BlindIndex(key()).of('youth', bsn).equals(index.of('youth', bsn))).toBe(false);
  });
});

describe('both keys', () => {
  it('have 32 bytes and do not print themselves', () => {
    const short = randomBytes(16).toString('base64');
    expect(() => new SealingKey(short)).toThrow('32 bytes');
    expect(() => new BlindIndex(short)).toThrow('32 bytes');
    const text = key();
    const bytes = Buffer.from(text, 'base64').toString('hex');
    for (const each of [new SealingKey(text), new BlindIndex(text)]) {
      const shown = inspect(each, { showHidden: true }) + JSON.stringify(each);
      expect(shown).not.toContain(bytes.slice(0, 8));
      expect(shown).not.toContain(text);
    }
  });
});
