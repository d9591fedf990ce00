import { offline, ProblemError, unreadable, type ProblemDocument } from './problem.js';

/** Options of one request. */
export interface Asking {
  /** No person asked for it, so it does not keep the session alive. */
  unattended?: boolean;
}

const LOGGED_OUT = 'screens:logged-out';

/** Calls back when an answer says that nobody is logged in. @returns how to stop that */
export function onLoggedOut(listener: () => void): () => void {
  window.addEventListener(LOGGED_OUT, listener);
  return () => window.removeEventListener(LOGGED_OUT, listener);
}

/** Where an answer goes. */
export type Answer<T> = Promise<T>;

/**
 * Asks the API of the program that served these screens, and no other: paths are relative to its `/api/v1`.
 * The session cookie goes along by itself. A body is sent as JSON; a `Blob` as it is, under its own type. What is refused is thrown as
 * `ProblemError`.
 */
export const Api = {
  get: <T>(path: string, asking: Asking = {}): Answer<T> => ask<T>('GET', path, undefined, asking),
  post: <T = void>(path: string, body: unknown = {}): Answer<T> => ask<T>('POST', path, body),
  put: <T = void>(path: string, body: unknown): Answer<T> => ask<T>('PUT', path, body),
  patch: <T = void>(path: string, body: unknown): Answer<T> => ask<T>('PATCH', path, body),
  /** Ends the session, here and at the provider. */
  async logOut(): Promise<void> {
    const { endSessionUrl } = await ask<{ endSessionUrl: string }>('POST', '../../auth/logout', undefined);
    window.location.assign(endSessionUrl);
  },
  /** Where somebody logs in to come back to the page that is shown now. */
  loginUrl: (provider?: string): string =>
    `/auth/login?${new URLSearchParams({ returnTo: window.location.pathname, ...(provider ? { provider } : {}) })}`,
};

async function ask<T>(method: string, path: string, body: unknown, asking: Asking = {}): Promise<T> {
  let response: Response;
  const isJson = body !== undefined && !(body instanceof Blob);
  try {
    response = await fetch(new URL(path, new URL('/api/v1/', window.location.origin)), {
      method,
      headers: {
        Accept: 'application/json',
        ...(isJson ? { 'Content-Type': 'application/json' } : {}),
        ...(asking.unattended ? { Unattended: 'true' } : {}),
      },
      ...(isJson ? { body: JSON.stringify(body) } : body instanceof Blob ? { body } : {}),
    });
  } catch {
    throw offline();
  }
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.ok) {
    if (response.status === 401) window.dispatchEvent(new Event(LOGGED_OUT));
    if (!type.startsWith('application/problem+json')) throw unreadable(response.status);
    throw new ProblemError((await response.json()) as ProblemDocument);
  }
  if (type.includes('json')) return (await response.json()) as T;
  return (type === '' ? undefined : await response.text()) as T;
}
