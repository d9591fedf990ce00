import { randomBytes } from 'node:crypto';
import { SealingKey } from './sealing-key.js';

const key = () => randomBytes(32).toString('base64');

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
