import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** An Ed25519 key pair (RFC 8032) in raw base64url: 32-byte seed and 32-byte public key. */
export interface KeyPairText {
  privateKey: string;
  publicKey: string;
}

/** Makes an Ed25519 key pair for signing, or an X25519 key pair (RFC 7748) for sealing. */
export function generateKeys(kind: 'ed25519' | 'x25519'): KeyPairText {
  const { privateKey } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const { d, x } = privateKey.export({ format: 'jwk' }) as { d: string; x: string };
  return { privateKey: d, publicKey: x };
}

const publicKeys = new Map<string, KeyObject>();

function publicKeyOf(text: string): KeyObject {
  let key = publicKeys.get(text);
  if (!key) {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' });
    publicKeys.set(text, key);
  }
  return key;
}

/** Signs bytes for one purpose. The purpose is part of what is signed, so that a signature for one use is none for another. */
export class Signer {
  private readonly key: KeyObject;
  constructor(keys: KeyPairText) {
    this.key = createPrivateKey({
      key: { kty: 'OKP', crv: 'Ed25519', d: keys.privateKey, x: keys.publicKey },
      format: 'jwk',
    });
  }
  /** The detached signature, base64url of 64 bytes. */
  sign(purpose: SigningPurpose, bytes: Uint8Array): string {
    return sign(null, withPurpose(purpose, bytes), this.key).toString('base64url');
  }
}

/** Whether `signature` is the holder of `publicKey`'s, over exactly these bytes, for this purpose. Never throws. */
export function isSignedBy(
  publicKey: string,
  purpose: SigningPurpose,
  bytes: Uint8Array,
  signature: string,
): boolean {
  try {
    return verify(
      null,
      withPurpose(purpose, bytes),
      publicKeyOf(publicKey),
      Buffer.from(signature, 'base64url'),
    );
  } catch {
    return false;
  }
}

export type SigningPurpose =
  'message' | 'register' | 'manifest' | 'evaluation' | 'usage' | 'ceremony' | 'roll' | 'forms';

const withPurpose = (purpose: SigningPurpose, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`verwijsindex v1 ${purpose}\n`, 'ascii'), bytes]);
