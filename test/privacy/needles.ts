import { createHash } from 'node:crypto';

/** Something that must not be found, under a name that says what it is without saying it. */
export interface Needle {
  what: string;
  value: Buffer;
  /** Names are also searched for in other letter cases. */
  anyCase?: boolean;
}

/** A needle in one of the forms in which it might leak. */
interface Form {
  what: string;
  bytes: Buffer;
  anyCase: boolean;
}

export const text = (what: string, value: string, anyCase = false): Needle => ({
  what,
  value: Buffer.from(value, 'utf8'),
  anyCase,
});
export const bytes = (what: string, value: Buffer): Needle => ({ what, value });

/** The middle of a base64 text that holds these bytes at any of the three positions in a group. */
function inBase64(value: Buffer, encoding: 'base64' | 'base64url'): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), value])
      .toString(encoding)
      .replace(/=+$/, '');
    // characters that depend on the neighbours are left out
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor(((shift + value.length) * 8) / 6);
    return Buffer.from(encoded.slice(from, to), 'latin1');
  });
}

const HASHES = ['sha256', 'sha1', 'md5', 'sha512'] as const;

/** Plain, base64, base64url, hex and hashed forms of a needle. */
function formsOf({ what, value, anyCase = false }: Needle): Form[] {
  const form = (how: string, content: Buffer, any = false): Form => ({
    what: `${what}, ${how}`,
    bytes: content,
    anyCase: any,
  });
  const hashed = HASHES.flatMap((algorithm) => {
    const hash = createHash(algorithm).update(value).digest();
    return [
      form(algorithm, hash),
      form(`${algorithm} in hex`, Buffer.from(hash.toString('hex')), true),
      form(`${algorithm} in base64`, Buffer.from(hash.toString('base64').replace(/=+$/, ''))),
      form(`${algorithm} in base64url`, Buffer.from(hash.toString('base64url'))),
    ];
  });
  return [
    form('plain', value, anyCase),
    form('hex', Buffer.from(value.toString('hex')), true),
    ...inBase64(value, 'base64').map((content) => form('base64', content)),
    ...inBase64(value, 'base64url').map((content) => form('base64url', content)),
    ...hashed,
  ];
}

/** What is found of the needles in a haystack, by name and form; each once. */
export function search(haystack: Buffer, needles: readonly Needle[]): string[] {
  const lower = Buffer.from(haystack.toString('latin1').toLowerCase(), 'latin1');
  const found = needles
    .flatMap(formsOf)
    .filter(({ bytes: wanted, anyCase }) =>
      anyCase
        ? lower.includes(Buffer.from(wanted.toString('latin1').toLowerCase(), 'latin1'))
        : haystack.includes(wanted),
    );
  return [...new Set(found.map(({ what }) => what))].sort();
}
