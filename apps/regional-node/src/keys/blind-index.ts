import { createHmac } from 'node:crypto';
import type { Bsn } from '#libs/bsn';

/** The two ways in which a person occurs. Somebody who is both has two indexes, so that generations do not link up. */
export type PersonRole = 'youth' | 'parent';

/** Gives equal persons equal values that mean nothing without the key: HMAC-SHA256 of role and BSN, 32 bytes. */
export class BlindIndex {
  readonly #key: Buffer;

  /** @param key 32 random bytes in base64, not the sealing key. */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
    if (this.#key.length !== 32) throw new Error('an index key has 32 bytes');
  }

  /** The value of what is no person: a probe of a turn with another region. */
  ofProbe(peer: string, turn: number): Buffer {
    return createHmac('sha256', this.#key).update(`probe|${peer}|${turn}`).digest();
  }

  /** The value of a youth without BSN. @param description in its canonical form */
  ofDescription(description: string): Buffer {
    return createHmac('sha256', this.#key).update(`described|${description}`).digest();
  }

  of(role: PersonRole, bsn: Bsn): Buffer {
    return createHmac('sha256', this.#key).update(`${role}|${bsn.revealDigits()}`).digest();
  }
}
