import { errorKind } from '#libs/observability';
import { enhancedStatus, type FailedAttempt } from './rules/mail-failure.rule.js';

/** What nodemailer says of a failed attempt. */
export interface SmtpError extends FailedAttempt {
  /** Its own name for what went wrong: `ESOCKET`. */
  code?: unknown;
  /** The code of the cause: `SELF_SIGNED_CERT_IN_CHAIN`, `ECONNREFUSED`. */
  originalCode?: unknown;
}

/**
 * What went wrong, in codes: `RCPT TO 554 5.7.1`, or `ESOCKET ECONNREFUSED` where nobody replied. The texts of mail
 * servers are left out, because they quote addresses.
 */
export function failureCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return errorKind(error);
  const { code, originalCode, command, responseCode, response } = error as SmtpError;
  const parts =
    typeof responseCode === 'number'
      ? [command, responseCode, enhancedStatus(response)]
      : [code, originalCode];
  const text = parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
  return text || errorKind(error);
}
