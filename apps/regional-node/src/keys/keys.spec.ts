import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { Bsn } from '#libs/bsn';
import { SealingKey } from '#libs/sealing';
import { BlindIndex } from './index.js';

const key = () => randomBytes(32).toString('base64');
const bsn = Bsn.parse('999910000');

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
