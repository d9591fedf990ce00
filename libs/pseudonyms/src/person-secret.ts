import { hkdfSync } from 'node:crypto';
import { MaskedBytes } from './masked-bytes.js';
import { Tag } from './tag.js';

const SECRET_BYTES = 64;

/**
 * T, the VOPRF output for one person in one role, 64 B. It never leaves the region; everything that does is derived
 * from it with HKDF-SHA256 without salt (RFC 5869).
 */
export class PersonSecret extends MaskedBytes {
  constructor(bytes: Uint8Array) {
    super(bytes, SECRET_BYTES);
  }

  /** The bytes of T, only to be sealed at rest. */
  revealBytes(): Uint8Array {
    return this.copy();
  }

  /** The tag of this person in an epoch, for the relay. */
  tag(epoch: number): Tag {
    return new Tag(this.derive(`vir1/tag/${decimal(epoch)}`, 32));
  }

  /** The pre-shared key (32 B) that contact cards about this person are sealed with in an epoch. */
  cardKey(epoch: number): Uint8Array {
    return this.derive(`vir1/card/${decimal(epoch)}`, 32);
  }

  /** The tag under which the archive of a region is found in an epoch; unlinkable to `tag` without T. */
  archiveTag(epoch: number): Tag {
    return new Tag(this.derive(`vir1/archive-tag/${decimal(epoch)}`, 32));
  }

  /** The pre-shared key (32 B) that answers from an archive about this person are sealed with in an epoch. */
  archiveKey(epoch: number): Uint8Array {
    return this.derive(`vir1/archive-answer/${decimal(epoch)}`, 32);
  }

  /** What stands for this youth in the cards of one match, 16 B in base64url: equal on both sides means the same youth. */
  youthRef(matchId: string): string {
    return Buffer.from(this.derive(`vir1/same/${matchId}`, 16)).toString('base64url');
  }

  private derive(info: string, length: number): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.copy(), new Uint8Array(), info, length));
  }
}

function decimal(epoch: number): string {
  if (!Number.isSafeInteger(epoch) || epoch < 0) throw new RangeError('epoch must be a whole number');
  return String(epoch);
}
