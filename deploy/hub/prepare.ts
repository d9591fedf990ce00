import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { generateKeys, type Application } from '#libs/protocol';
import { CertificateAuthority, demoSubject, writeIdentity, type Identity } from '../local/certificates.js';
import { writePrivate } from '../local/private-file.js';
import { readJson } from './settings.js';

/** What a region says of itself when it prepares to apply. */
export interface Applicant {
  id: string;
  name: string;
  municipalities: string[];
  /** Subject of the certificate that it has; without it, `authority` gives it one. */
  certificateSubject?: string;
}

/**
 * Makes a region's keys in `folder`: `application.json` for the coordinator, `region.env` with the private keys for the node and for
 * nobody else, and in a demonstration its certificate.
 * @param authority file of the demonstration's certificate authority
 * @throws when there are keys already
 */
export async function prepareRegion(folder: string, applicant: Applicant, authority?: string): Promise<void> {
  const [applicationFile, secretsFile] = ['application.json', 'region.env'].map((name) =>
    path.join(folder, name),
  );
  if (existsSync(secretsFile!)) throw new Error(`${secretsFile} is there already, and is not replaced`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { id, certificateSubject = demoSubject(id) } = applicant;
  const [signing, card] = [generateKeys('ed25519'), generateKeys('x25519')];
  const secrets: Record<string, string> = {
    REGION: id,
    SIGNING_KEY: signing.privateKey,
    SIGNING_PUBLIC_KEY: signing.publicKey,
    CARD_KEY: card.privateKey,
    CARD_PUBLIC_KEY: card.publicKey,
    NODE_KEY: randomBytes(32).toString('base64'),
    INDEX_KEY: randomBytes(32).toString('base64'),
  };
  if (!applicant.certificateSubject) {
    if (!authority) throw new Error('--subject is missing: the subject of the certificate of the region');
    const demo = await CertificateAuthority.open(readJson(authority) as Identity);
    const identity = await demo.issue({ subject: certificateSubject });
    const files = writeIdentity(folder, id, identity, demo.certificatePem);
    secrets.NATS_CA_FILE = path.resolve(files.caFile);
    secrets.NATS_CERT_FILE = path.resolve(files.certFile);
    secrets.NATS_KEY_FILE = path.resolve(files.keyFile);
  }
  const application: Application = {
    ...{ id, name: applicant.name, municipalities: applicant.municipalities },
    ...{ signingKey: signing.publicKey, cardKey: card.publicKey, certificateSubject },
  };
  writePrivate(applicationFile!, `${JSON.stringify(application, null, 2)}\n`);
  writePrivate(
    secretsFile!,
    Object.entries(secrets)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  );
}
