import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type HubSettings } from '#libs/messaging';
import { writePrivate } from './private-file.js';

/** A certificate with its private key, both as PEM text. */
export interface Identity {
  certificate: string;
  privateKey: string;
}

/** What a certificate says. */
export interface CertificateRequest {
  /** As text (RFC 4514), the most specific part first: `CN=rijnmond,O=Voorbeeld`. */
  subject: string;
  /** Names and addresses of a server; without them the certificate is a client's. */
  hosts?: string[];
  notBefore?: Date;
  notAfter?: Date;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR_MS = 3_600_000;
const VALID_MS = 10 * 365 * 24 * HOUR_MS;

/** An authority of our own, for demonstrations and tests. In earnest certificates come from one that checks who asks. */
export class CertificateAuthority {
  private constructor(
    private readonly certificate: X509Certificate,
    private readonly key: webcrypto.CryptoKey,
  ) {}

  static async create(): Promise<CertificateAuthority> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: nameOf('CN=Verwijsindex demo CA'),
      ...validity({}),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      ],
    });
    return new CertificateAuthority(certificate, keys.privateKey);
  }

  /** The one that `identity()` gave. */
  static async open({ certificate, privateKey }: Identity): Promise<CertificateAuthority> {
    const der = PemConverter.decodeFirst(privateKey);
    const key = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign']);
    return new CertificateAuthority(new X509Certificate(certificate), key);
  }

  async identity(): Promise<Identity> {
    return { certificate: this.certificatePem, privateKey: await pemOf(this.key) };
  }

  /** What others trust. */
  get certificatePem(): string {
    return this.certificate.toString('pem');
  }

  /** Makes a key, and certifies whose it is. */
  async issue(request: CertificateRequest): Promise<Identity> {
    const { subject, hosts } = request;
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: nameOf(subject),
      issuer: this.certificate.subjectName,
      ...validity(request),
      publicKey: keys.publicKey,
      signingKey: this.key,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([hosts ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth]),
        ...(hosts ? [new SubjectAlternativeNameExtension(hosts.map(generalName))] : []),
      ],
    });
    return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys.privateKey) };
  }
}

/** Where the hub listens in demonstrations and tests: on loopback, or as the service `hub` among containers. */
export const HUB_HOSTS = ['127.0.0.1', 'localhost', 'hub'];

/** Subject of the certificate of a party of the demonstration. */
export const demoSubject = (party: string): string => `CN=${party},O=Verwijsindex demonstratie,C=NL`;

/** Files in PEM by which one side of a connection proves who it is and knows the other. */
export interface TlsFiles {
  caFile: string;
  certFile: string;
  keyFile: string;
}

/** Where `writeIdentity` puts what belongs to `name`. */
export const tlsFiles = (folder: string, name: string): TlsFiles => ({
  caFile: path.join(folder, 'ca.pem'),
  certFile: path.join(folder, `${name}.pem`),
  keyFile: path.join(folder, `${name}.key`),
});

/** Writes the files of `tlsFiles`, readable by this account only. */
export function writeIdentity(folder: string, name: string, identity: Identity, ca: string): TlsFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = tlsFiles(folder, name);
  writePrivate(files.caFile, ca);
  writePrivate(files.certFile, identity.certificate);
  writePrivate(files.keyFile, identity.privateKey);
  return files;
}

/** How a program of ours joins the hub with these files. */
export const hubSettings = (url: string, { caFile, certFile, keyFile }: TlsFiles): HubSettings => ({
  natsUrl: url,
  natsCaFile: caFile,
  natsCertFile: certFile,
  natsKeyFile: keyFile,
});

/** The same as variables of its environment. */
export const hubEnvironment = (url: string, { caFile, certFile, keyFile }: TlsFiles) => ({
  NATS_URL: url,
  NATS_CA_FILE: caFile,
  NATS_CERT_FILE: certFile,
  NATS_KEY_FILE: keyFile,
});

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const pemOf = async (key: webcrypto.CryptoKey): Promise<string> =>
  PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

/** In a certificate the most general part comes first. */
const nameOf = (subject: string): Name => new Name(new Name(subject).toJSON().reverse());

const validity = ({ notBefore, notAfter }: Partial<CertificateRequest>) => ({
  // clocks differ a little
  notBefore: notBefore ?? new Date(Date.now() - HOUR_MS),
  notAfter: notAfter ?? new Date(Date.now() + VALID_MS),
});

const generalName = (host: string) => ({ type: /^[\d.]+$/.test(host) ? 'ip' : 'dns', value: host }) as const;
