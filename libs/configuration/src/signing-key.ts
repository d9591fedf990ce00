import { createPrivateKey, webcrypto, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from './configuration.js';

/**
 * The private key (RSA or P-256, in PEM, without passphrase) of a file.
 * @throws ConfigurationError that names the variable and never the key
 */
export function readSigningKey(file: string, variable: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file));
    algorithmOf(key);
    return key;
  } catch {
    throw new ConfigurationError(
      `${variable}: holds no private key (RSA or P-256, in PEM, without passphrase)`,
    );
  }
}

/** The same key as libraries for signed assertions take it: for RS256 or ES256. */
export function signingKeyOf(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithmOf(key), false, ['sign']);
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) {
  if (asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  if (asymmetricKeyDetails?.namedCurve === 'prime256v1') return { name: 'ECDSA', namedCurve: 'P-256' };
  throw new Error('another kind of key');
}
