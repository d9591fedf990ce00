import { createHmac } from 'node:crypto';

/** A tag of one region, by name. */
export interface HandleOf {
  region: string;
  handle: Buffer;
}

/**
 * The secret that only the running relay knows: what it derives can be compared in the database, but not be made or checked
 * by somebody who has only the database.
 */
export class Pepper {
  readonly #key: Buffer;

  /** @param key 32 bytes in base64 */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
  }

  /** The form in which a tag is stored: HMAC-SHA256, 32 bytes. */
  tag(tag: Buffer): Buffer {
    return createHmac('sha256', this.#key).update('tag\n').update(tag).digest();
  }

  /**
   * The id of the match of two handles, 16 bytes. It follows from the handles alone, whichever comes first, so that a relay that
   * was lost and rebuilt from the nodes finds the same ids again, and cards that are under way still reach their match.
   */
  matchId(one: HandleOf, other: HandleOf): Buffer {
    const sides = [one, other]
      .map(({ region, handle }) => `${region}/${handle.toString('base64url')}`)
      .sort();
    return createHmac('sha256', this.#key)
      .update(`match\n${sides.join('\n')}`)
      .digest()
      .subarray(0, 16);
  }
}
