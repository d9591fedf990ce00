import { errorKind } from '#libs/observability';
import type { RegisterAnswer } from './register-answer.js';

/** Errors of TLS: a certificate that the other side does not accept, or that the node does not trust. Waiting does not help. */
const TLS_ERROR = /^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/;

/** What a request that got no response means for a question. */
export function networkFailure(
  error: unknown,
): Extract<RegisterAnswer, { outcome: 'refused' | 'unreachable' }> {
  const code = networkCode(error);
  return code !== undefined && TLS_ERROR.test(code)
    ? { outcome: 'refused', refusal: { by: 'tls', code } }
    : { outcome: 'unreachable', reason: errorKind(rootOf(error)) };
}

/** The code of what went wrong in the network, if it has one: `ECONNRESET`. */
export function networkCode(error: unknown): string | undefined {
  const code = (rootOf(error) as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Libraries wrap what went wrong. */
function rootOf(error: unknown): unknown {
  const cause = (error as { cause?: unknown } | null | undefined)?.cause;
  return typeof cause === 'object' && cause !== null ? rootOf(cause) : error;
}
