import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { KeyPairText } from './keys.js';

/** Between whom something is sealed, and what it is bound to: change one of these and it does not open. */
export interface Sealing {
  /** X25519 key pair of the side that seals, or that opens. */
  own: KeyPairText;
  /** X25519 public key of the other side. */
  other: string;
  /** What it is for, in lines. */
  info: readonly (string | number)[];
  /** A secret of 32 bytes that both sides have besides their keys: mode AuthPSK instead of Auth. */
  psk?: { id: string; key: Uint8Array };
}

/** What was sealed, in base64url: the encapsulated key of 32 bytes, and the ciphertext. */
export interface Sealed {
  enc: string;
  ciphertext: string;
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** A copy in an ArrayBuffer of its own, as WebCrypto wants it. */
const bytes = (source: Uint8Array | string): ArrayBuffer =>
  Uint8Array.from(typeof source === 'string' ? Buffer.from(source, 'utf8') : source).buffer;
const decoded = (text: string): ArrayBuffer => bytes(Buffer.from(text, 'base64url'));

const publicKey = (text: string) => suite.kem.deserializePublicKey(decoded(text));
async function keyPair(keys: KeyPairText): Promise<CryptoKeyPair> {
  const privateKey = await suite.kem.deserializePrivateKey(decoded(keys.privateKey));
  return { privateKey, publicKey: await publicKey(keys.publicKey) };
}
const boundTo = ({ info, psk }: Sealing) => ({
  info: bytes(info.join('\n')),
  ...(psk ? { psk: { id: bytes(psk.id), key: bytes(psk.key) } } : {}),
});

/**
 * Seals a text from one party to another, padded with spaces to `size` bytes: HPKE (RFC 9180 §5.1.3, §5.1.4) in mode Auth or AuthPSK, with
 * X25519, HKDF-SHA256 and AES-256-GCM.
 * @returns undefined when the text is larger than that
 */
export async function sealPadded(text: string, size: number, sealing: Sealing): Promise<Sealed | undefined> {
  const content = Buffer.from(text, 'utf8');
  if (content.length > size) return undefined;
  const padded = Buffer.alloc(size, ' ');
  content.copy(padded);
  const context = await suite.createSenderContext({
    recipientPublicKey: await publicKey(sealing.other),
    senderKey: await keyPair(sealing.own),
    ...boundTo(sealing),
  });
  const ciphertext = await context.seal(bytes(padded));
  return {
    enc: Buffer.from(context.enc).toString('base64url'),
    ciphertext: Buffer.from(ciphertext).toString('base64url'),
  };
}

/** Opens what `sealPadded` sealed. @throws Error when it is another's, for another, or bound to something else */
export async function openPadded({ enc, ciphertext }: Sealed, sealing: Sealing): Promise<Uint8Array> {
  const context = await suite.createRecipientContext({
    recipientKey: await keyPair(sealing.own),
    enc: decoded(enc),
    senderPublicKey: await publicKey(sealing.other),
    ...boundTo(sealing),
  });
  return new Uint8Array(await context.open(decoded(ciphertext)));
}
