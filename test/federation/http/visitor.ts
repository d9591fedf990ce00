/** What a program answered: `body` is the JSON document, or the text when it is none. */
export interface Answer {
  status: number;
  headers: Headers;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whoever asks knows which document it is
}

/** Nobody answered, or not in time, or only that something is broken. */
export class Unanswered extends Error {
  override name = 'Unanswered';
}

/** The answer was a refusal where none was expected. */
export class Refused extends Error {
  override name = 'Refused';
}

/** The error for an answer that is a refusal. */
export const refusal = (what: string, answer: Answer): Error =>
  new (answer.status >= 500 ? Unanswered : Refused)(`${what} was refused: ${inShort(answer)}`);

/** A refusal in a few words: status, code and the fields it names. */
export function inShort({ status, body }: Answer): string {
  const { code, invalidParams } = (body ?? {}) as { code?: string; invalidParams?: InvalidParam[] };
  const fields = (invalidParams ?? []).map((param) => `${param.name} (${param.code})`);
  return [String(status), code, fields.join(', ')].filter(Boolean).join(' ');
}

interface InvalidParam {
  name: string;
  code: string;
}

const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 15;
/** How the identity provider's page asks who logs in. */
const CHOICE = /\/interaction\//;

/**
 * Somebody at a browser, as one program of the federation sees them: logs in at the identity provider like anybody
 * else, keeps cookies, and logs in again when the session has ended.
 */
export class Visitor {
  private cookies = new Map<string, Map<string, string>>();
  /** Requests that come together wait for one login. */
  private loggedIn: Promise<void> | undefined;

  /** @param site address of the program, without a path */
  constructor(
    private readonly site: string,
    readonly subject: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }
  post(path: string, body?: unknown): Promise<Answer> {
    return this.ask('POST', path, body ?? {});
  }
  patch(path: string, body: unknown): Promise<Answer> {
    return this.ask('PATCH', path, body);
  }

  /** Reads a document. @throws Refused, or Unanswered when it may work later */
  async read<T>(path: string): Promise<T> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw refusal(`reading ${path}`, answer);
    return answer.body as T;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const send = () =>
      this.send(new URL(`/api/v1/${path}`, this.site), {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
    const session = (this.loggedIn ??= this.logIn());
    await session.catch((error: unknown) => this.forget(session, error));
    let response = await send();
    if (response.status === 401) {
      await response.body?.cancel();
      if (this.loggedIn === session) this.loggedIn = this.logIn();
      await this.loggedIn;
      response = await send();
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: documentOf(response, text) };
  }

  private forget(session: Promise<void>, error: unknown): never {
    if (this.loggedIn === session) this.loggedIn = undefined;
    throw error;
  }

  private async logIn(): Promise<void> {
    this.cookies = new Map();
    const begun = await this.follow(new URL('/auth/login?returnTo=/health/live', this.site));
    if (!CHOICE.test(begun.url.pathname)) return this.check(begun);
    this.check(
      await this.follow(begun.url, {
        method: 'POST',
        body: new URLSearchParams({ subject: this.subject }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    );
  }

  private check({ status, url }: { status: number; url: URL }): void {
    if (status >= 500) throw new Unanswered(`${url.origin} answers ${status}`);
    if (status !== 200 || url.origin !== new URL(this.site).origin)
      throw new Error(`${this.subject} could not log in at ${this.site}: ${status} at ${url.origin}`);
  }

  private async follow(url: URL, init: RequestInit = {}): Promise<{ url: URL; status: number }> {
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const response = await this.send(url, init);
      await response.body?.cancel();
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location)
        return { url, status: response.status };
      url = new URL(location, url);
      init = {};
    }
    throw new Error(`${this.subject} was sent round in circles while logging in at ${this.site}`);
  }

  private async send(url: URL, init: RequestInit): Promise<Response> {
    // what is answered to a request from before a login leaves the cookies of the login alone
    const { cookies } = this;
    const jar = cookies.get(url.origin) ?? new Map<string, string>();
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    let response: Response;
    try {
      response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new Unanswered(`${url.origin} does not answer`, { cause: error });
    }
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    cookies.set(url.origin, jar);
    return response;
  }
}

function documentOf(response: Response, text: string): unknown {
  return /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : text;
}
