import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyPairText } from '#libs/protocol';

/** What stands before the 32 private bytes in PKCS#8 (RFC 8410 §7). */
const PKCS8 = {
  ed25519: '302e020100300506032b657004220420',
  x25519: '302e020100300506032b656e04220420',
} as const;

/** Whether the public half is the one that the private half gives: a JWK with two halves of different pairs is not noticed. */
export function isKeyPair(kind: keyof typeof PKCS8, { privateKey, publicKey }: KeyPairText): boolean {
  const key = Buffer.concat([Buffer.from(PKCS8[kind], 'hex'), Buffer.from(privateKey, 'base64url')]);
  const derived = createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
  return derived.export({ format: 'jwk' }).x === publicKey;
}
