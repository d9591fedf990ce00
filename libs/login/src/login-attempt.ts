import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { LoginChecks } from './identity-provider.js';

/** A login under way: when it started, in milliseconds, and where the browser goes afterwards. */
export interface LoginAttempt {
  startedAt: number;
  /** Local path. */
  returnTo: string;
  /** Id of a further provider; empty for the first. */
  provider: string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals an attempt into the `state` of the request under a key from the browser's own secret, so that nothing is stored before a person has
 * logged in. Nonce and PKCE verifier follow from the same secret and the state. A state of another browser does not open.
 */
export function sealAttempt(browser: string, attempt: LoginAttempt): LoginChecks {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(browser, 'state'), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(attempt), 'utf8'), cipher.final()]);
  return checksOf(browser, Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url'));
}

/** The attempt in a state; undefined for a state that was not sealed for this browser. */
export function openAttempt(
  browser: string,
  state: string,
): { attempt: LoginAttempt; checks: LoginChecks } | undefined {
  const bytes = Buffer.from(state, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(browser, 'state'), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return { attempt: JSON.parse(text.toString('utf8')) as LoginAttempt, checks: checksOf(browser, state) };
  } catch {
    return undefined;
  }
}

const checksOf = (browser: string, state: string): LoginChecks => ({
  state,
  nonce: derived(browser, 'nonce', state),
  codeVerifier: derived(browser, 'verifier', state),
});

const derived = (browser: string, use: string, state: string): string =>
  createHmac('sha256', keyOf(browser, use)).update(state).digest('base64url');

const keyOf = (browser: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', browser, '', `verwijsindex login ${use}`, 32));
