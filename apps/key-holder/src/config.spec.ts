import { fileURLToPath } from 'node:url';
import { generateKeys } from '#libs/protocol';
import { loadConfig } from './config.js';

const signing = generateKeys('ed25519');
const sealing = generateKeys('x25519');
const file = fileURLToPath(import.meta.url);
const environment = {
  KEY_HOLDER: 'holder-1',
  DATABASE_URL: 'postgres://localhost/holder',
  SHARE_KEY: Buffer.alloc(32, 1).toString('base64'),
  NATS_URL: 'tls://127.0.0.1:4222',
  NATS_CA_FILE: file,
  NATS_CERT_FILE: file,
  NATS_KEY_FILE: file,
  SIGNING_KEY: signing.privateKey,
  SIGNING_PUBLIC_KEY: signing.publicKey,
  SEALING_KEY: sealing.privateKey,
  SEALING_PUBLIC_KEY: sealing.publicKey,
  COORDINATOR_KEY: signing.publicKey,
};

describe('the settings of a key holder', () => {
  it('are complete with these', () => {
    expect(loadConfig(environment)).toMatchObject({ keyHolder: 'holder-1', port: 8080, stopDelaySeconds: 0 });
  });
  it.each(Object.keys(environment))('are not complete without %s, which the message names', (variable) => {
    expect(() => loadConfig({ ...environment, [variable]: undefined })).toThrow(`${variable}:`);
  });
  it.each(['SIGNING', 'SEALING'])('do not take a %s key whose halves do not belong together', (kind) => {
    const other = generateKeys(kind === 'SIGNING' ? 'ed25519' : 'x25519');
    const mixed = { ...environment, [`${kind}_PUBLIC_KEY`]: other.publicKey };
    expect(() => loadConfig(mixed)).toThrow(`${kind}_PUBLIC_KEY: does not belong to ${kind}_KEY`);
  });
  it('are not repeated in the message', () => {
    expect(() => loadConfig({ ...environment, SHARE_KEY: 'topsecret' })).toThrow(/^(?!.*topsecret)/s);
  });
});
