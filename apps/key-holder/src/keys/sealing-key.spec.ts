import { randomBytes } from 'node:crypto';
import { SealingKey } from './sealing-key.js';

describe('a sealing key', () => {
  const key = new SealingKey(randomBytes(32).toString('base64'));
  const secret = randomBytes(32);

  it('opens what it sealed, and seals differently every time', () => {
    const [one, other] = [key.seal('share/holder-1/1', secret), key.seal('share/holder-1/1', secret)];
    expect(one.equals(other)).toBe(false);
    expect(key.open('share/holder-1/1', one).equals(secret)).toBe(true);
  });
  it('opens nothing that was sealed for another purpose or with another key, or changed', () => {
    const sealed = key.seal('share/holder-1/1', secret);
    expect(() => key.open('share/holder-1/2', sealed)).toThrow();
    expect(() =>
      new SealingKey(randomBytes(32).toString('base64')).open('share/holder-1/1', sealed),
    ).toThrow();
    for (const at of [0, 1, 13, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => key.open('share/holder-1/1', changed)).toThrow();
    }
  });
});
