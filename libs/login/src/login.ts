import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, MINUTE } from '#libs/clock';
import { Problem } from '#libs/problems';
import { IdentityProviders } from './identity-providers.js';
import { openAttempt, sealAttempt } from './login-attempt.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';
import { Sessions } from './sessions.js';

/** How long a person may take at the provider, in milliseconds. */
export const ATTEMPT_LIFETIME = 15 * MINUTE;

/**
 * The life of a login: an attempt travels with the browser to the provider and back and becomes a session;
 * the session ends by logout, here or at the provider, or by time.
 *
 * Nothing is stored before the provider vouched for a person, so strangers cannot fill a table. An attempt is of use only to the browser
 * that started it. It works once, because the provider takes its code once (RFC 6749 §4.1.2). One browser may have several attempts open.
 */
@Injectable()
export class Login {
  constructor(
    @Inject(LOGIN_OPTIONS) private readonly options: LoginOptions,
    private readonly providers: IdentityProviders,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Starts an attempt for a browser. Returns where to send it. @throws Problem `unavailable`, or `not-found` for an unknown provider */
  async start(browser: string, returnTo: string, provider = ''): Promise<URL> {
    const attempt = { startedAt: this.clock.now().getTime(), returnTo, provider };
    return this.providers.of(provider).loginUrl(sealAttempt(browser, attempt));
  }

  /**
   * Finishes the attempt that the query of the callback (`?code=…&state=…`) belongs to, and begins a session.
   * @param browsers secrets of the attempts of this browser
   * @param provider whose callback it is
   * @throws Problem `login-failed`, `assurance-too-low` or `unavailable`
   */
  async finish(
    browsers: readonly string[],
    query: string,
    provider = '',
  ): Promise<{ session: string; returnTo: string }> {
    const state = new URLSearchParams(query).get('state');
    const opened = state
      ? browsers.map((browser) => openAttempt(browser, state)).find((each) => each !== undefined)
      : undefined;
    if (!opened || opened.attempt.provider !== provider) throw new Problem('login-failed');
    const { attempt, checks } = opened;
    if (this.clock.now().getTime() - attempt.startedAt >= ATTEMPT_LIFETIME) throw new Problem('login-failed');
    const person = await this.providers.of(provider).personOf(query, checks);
    await this.options.onLogin?.(person.subject);
    return { session: await this.sessions.begin(person), returnTo: attempt.returnTo };
  }

  /** Carries out a logout token of the provider. @throws Problem `invalid-input` or `unavailable` */
  async logOut(token: unknown): Promise<void> {
    await this.sessions.endAtProvider(await this.providers.sayingToBe(token).logoutIn(token));
  }

  /** Deletes sessions whose time is over, and returns how many there were. */
  @Interval(10 * MINUTE)
  deleteExpired(): Promise<number> {
    return this.sessions.deleteExpired();
  }
}
