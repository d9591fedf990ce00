import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { generateKeys } from '#libs/protocol';
import { loadConfig } from './config.js';

const signing = generateKeys('ed25519');
const file = fileURLToPath(import.meta.url);
const complete = {
  DATABASE_URL: 'postgres://relay@localhost/relay',
  PEPPER: randomBytes(32).toString('base64'),
  NATS_URL: 'tls://127.0.0.1:4222',
  NATS_MONITOR_URL: 'http://127.0.0.1:8222',
  NATS_CA_FILE: file,
  NATS_CERT_FILE: file,
  NATS_KEY_FILE: file,
  SIGNING_KEY: signing.privateKey,
  SIGNING_PUBLIC_KEY: signing.publicKey,
  REGISTER_FILE: '/etc/relay/register.json',
  COORDINATOR_KEY: generateKeys('ed25519').publicKey,
  PUBLIC_URL: 'https://relay.example',
  ISSUER: 'https://login.example',
  CLIENT_ID: 'relay',
  CLIENT_SECRET: 'a secret',
  COORDINATOR_SUBJECTS: 'een, twee',
};

describe('the settings of the relay', () => {
  it('are read from the environment', () => {
    expect(loadConfig(complete)).toMatchObject({
      port: 8080,
      stopDelaySeconds: 0,
      coordinatorSubjects: ['een', 'twee'],
      allowInsecureIssuer: false,
      silentAfter: 60,
      streamReplicas: 1,
    });
  });
  it('are refused when one is missing, by its name', () => {
    for (const variable of Object.keys(complete))
      expect(() => loadConfig({ ...complete, [variable]: undefined })).toThrow(variable);
  });
  it.each([
    ['PEPPER', 'kort'],
    ['NATS_KEY_FILE', '/nergens/relay.key'],
    ['COORDINATOR_KEY', 'geen sleutel'],
    ['NATS_URL', 'nats://hub:4222'],
    ['PORT', '99999'],
    ['STREAM_REPLICAS', '2'],
    ['SILENT_AFTER', '0'],
    ['ALLOW_INSECURE_ISSUER', 'ja'],
  ])('are refused when %s is wrong, without repeating it', (variable, wrong) => {
    const load = () => loadConfig({ ...complete, [variable]: wrong });
    expect(load).toThrow(variable);
    expect(load).not.toThrow(wrong);
  });
});

describe('who is believed and how often they may ask', () => {
  it('is no proxy, 600 times a minute, and the mailbox of the host unless said otherwise', () => {
    const { trustedProxies, requestsPerMinute, securityContact } = loadConfig(complete);
    expect([trustedProxies, requestsPerMinute, securityContact]).toEqual([[], 600, undefined]);
  });
  it('are proxies by address or network', () => {
    const believed = (text: string) => loadConfig({ ...complete, TRUSTED_PROXIES: text }).trustedProxies;
    expect(believed('10.0.0.0/8, 192.0.2.1,2001:db8::/32')).toEqual([
      ...['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'],
    ]);
    for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', 'true', '1'])
      expect(() => believed(wrong)).toThrow(/TRUSTED_PROXIES/);
  });
});
