import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what is personal or secret before it reaches the database, under a key that the database never holds.
 *
 * AES-256-GCM: version byte 1, random nonce of 12 bytes, ciphertext, tag of 16 bytes. The purpose goes in as associated
 * data, so a value moved to another column or row does not open: name the kind and the row, `youth-bsn/<id>`, `share/<holder>/<epoch>`.
 */
export class SealingKey {
  readonly #key: Buffer;

  /** @param key 32 random bytes in base64. */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
    if (this.#key.length !== 32) throw new Error('a sealing key has 32 bytes');
  }

  seal(purpose: string, bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(purpose));
    return Buffer.concat([
      Buffer.of(VERSION),
      nonce,
      cipher.update(bytes),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  }

  /** @throws Error when the value was sealed for another purpose, under another key, or changed since. */
  open(purpose: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed);
    if (bytes[0] !== VERSION || bytes.length < 1 + NONCE_BYTES + TAG_BYTES)
      throw new Error('not a sealed value');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(1, 1 + NONCE_BYTES));
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}
