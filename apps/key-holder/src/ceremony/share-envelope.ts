import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { KeyPairText } from '#libs/protocol';
import type { SealedShare } from './messages.js';

/** What a sealed share is bound to besides the keys. */
export interface ShareBinding {
  epoch: number;
  from: string;
  to: string;
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const info = ({ epoch, from, to }: ShareBinding) =>
  own(Buffer.from(['vir1/ceremony-share', epoch, from, to].join('\n'), 'utf8'));
/** A copy in an ArrayBuffer of its own, as WebCrypto wants it. */
const own = (source: Uint8Array): ArrayBuffer => Uint8Array.from(source).buffer;
const decoded = (text: string) => own(Buffer.from(text, 'base64url'));
const encoded = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');
const publicKey = (text: string) => suite.kem.deserializePublicKey(decoded(text));
const pair = async (keys: KeyPairText): Promise<CryptoKeyPair> => ({
  privateKey: await suite.kem.deserializePrivateKey(decoded(keys.privateKey)),
  publicKey: await publicKey(keys.publicKey),
});

/** Seals a share (32 B, base64url) from holder to holder: HPKE Auth mode (RFC 9180 §5.1.3), X25519, HKDF-SHA256, AES-256-GCM. */
export async function sealShare(
  share: string,
  binding: ShareBinding,
  sender: KeyPairText,
  recipientKey: string,
): Promise<SealedShare> {
  const context = await suite.createSenderContext({
    recipientPublicKey: await publicKey(recipientKey),
    senderKey: await pair(sender),
    info: info(binding),
  });
  const ciphertext = await context.seal(decoded(share));
  return { enc: encoded(context.enc), ciphertext: encoded(ciphertext) };
}

/** Opens a share to base64url. @throws when it was sealed by, for or in another holder, key or epoch, or was changed. */
export async function openShare(
  sealed: SealedShare,
  binding: ShareBinding,
  recipient: KeyPairText,
  senderKey: string,
): Promise<string> {
  const context = await suite.createRecipientContext({
    recipientKey: await pair(recipient),
    enc: decoded(sealed.enc),
    senderPublicKey: await publicKey(senderKey),
    info: info(binding),
  });
  return encoded(await context.open(decoded(sealed.ciphertext)));
}
