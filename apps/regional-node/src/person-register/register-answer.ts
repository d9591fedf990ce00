/** Why the register does not give what the node asks, in words of the API and never of a person. */
export interface Refusal {
  /** What refused: the API, the token server, or the TLS connection. */
  by: 'register' | 'token' | 'tls';
  /** HTTP status, where there was one. */
  status?: number;
  /** The refusing side's own code: `unauthorizedField`, `invalid_client`, `CERT_HAS_EXPIRED`. */
  code?: string;
  /** The parameters that it names: `fields[5]`. */
  parameters?: string[];
}

/** What came of a question. */
export type RegisterAnswer =
  | { outcome: 'answered'; persons: readonly unknown[] }
  | { outcome: 'too-many' }
  /** Waiting does not help: a permission or a setting is wrong. */
  | { outcome: 'refused'; refusal: Refusal }
  /** An error of the register itself, or an answer that cannot be read: asking about fewer persons may help. */
  | { outcome: 'unreadable'; reason: string }
  /** No answer: a network fault, a time-out or overload. Waiting may help. */
  | { outcome: 'unreachable'; reason: string };

/** Statuses below 500 that pass by themselves. */
const PASSING = [408, 425, 429];
/** Statuses of gateways whose register is away. */
const AWAY = [502, 503, 504];

/** Whether an error status passes by itself: overload, or a fault of the other side. */
export const isPassing = (status: number): boolean => status >= 500 || PASSING.includes(status);

/** Reads an answer of the API (BRP API Personen 2.7). `body` is the parsed JSON; undefined when it was none. */
export function registerAnswerOf(status: number, body: unknown): RegisterAnswer {
  const { personen, code, invalidParams } = recordOf(body);
  if (status >= 200 && status < 300)
    return Array.isArray(personen)
      ? { outcome: 'answered', persons: personen }
      : { outcome: 'unreadable', reason: 'no persons' };
  if (status === 400 && code === 'tooManyResults') return { outcome: 'too-many' };
  if (status < 400 || PASSING.includes(status) || AWAY.includes(status))
    return { outcome: 'unreachable', reason: `status ${status}` };
  if (status >= 500) return { outcome: 'unreadable', reason: `status ${status}` };
  return {
    outcome: 'refused',
    refusal: {
      by: 'register',
      status,
      ...(isCode(code) ? { code } : {}),
      ...(Array.isArray(invalidParams) ? { parameters: invalidParams.flatMap(parameterOf) } : {}),
    },
  };
}

/** A code is a word, so that no number of a person passes for one. */
export const isCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z_-]{0,59}$/.test(value);

function parameterOf(value: unknown): string[] {
  const { name } = recordOf(value);
  return typeof name === 'string' && /^[A-Za-z.]{1,80}(\[\d{1,3}\])?$/.test(name) ? [name] : [];
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
