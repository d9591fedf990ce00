import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '#libs/configuration';
import { errorKind } from '#libs/observability';
import type { SMTPTransportOptions } from 'nodemailer';
import type { RegionalNodeConfig } from '../config.js';

type SmtpConfig = Pick<RegionalNodeConfig, 'smtpUrl' | 'smtpCaFile' | 'allowInsecureSmtp'>;

/** How the mail server is reached: by TLS, with a certificate that is checked. The authorities are read once, at the start. */
export function smtpOptions({
  smtpUrl: url,
  smtpCaFile,
  allowInsecureSmtp,
}: SmtpConfig): SMTPTransportOptions {
  return {
    url,
    requireTLS: !allowInsecureSmtp,
    tls: smtpCaFile === undefined ? {} : { ca: authorities(smtpCaFile) },
  };
}

function authorities(file: string): Buffer {
  const ca = readFileSync(file);
  try {
    // TLS passes over what is no certificate without a word
    new X509Certificate(ca);
  } catch (error) {
    throw new ConfigurationError(`SMTP_CA_FILE: cannot be used (${errorKind(error)})`);
  }
  return ca;
}
