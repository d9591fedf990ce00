import { MaskedBytes } from './masked-bytes.js';

const TAG_BYTES = 32;

/** The pseudonym of a person in one role and epoch, 32 B: all that the relay is told of them. */
export class Tag extends MaskedBytes {
  constructor(bytes: Uint8Array) {
    super(bytes, TAG_BYTES);
  }

  /** Reads a tag from the wire; throws unless it is the base64url form of 32 B. */
  static fromBase64Url(text: string): Tag {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.toString('base64url') !== text) throw new RangeError('tag is not base64url');
    return new Tag(bytes);
  }

  /** The tag for the wire, 43 characters. */
  revealBase64Url(): string {
    return Buffer.from(this.copy()).toString('base64url');
  }
}
