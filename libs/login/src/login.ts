import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, MoreThan, type Repository } from 'typeorm';
import { randomNonce, randomPKCECodeVerifier } from 'openid-client';
import { Clock, MINUTE } from '#libs/clock';
import { Problem } from '#libs/problems';
import { IdentityProvider } from './identity-provider.js';
import { LoginAttempt } from './login-attempt.entity.js';
import { hashOf, newSecret } from './secret.js';
import { Sessions } from './sessions.js';

/** How long a person may take at the provider, in milliseconds. */
export const ATTEMPT_LIFETIME = 15 * MINUTE;

/**
 * The life of a login: an attempt is recorded, the browser goes to the provider and comes back,
 * the attempt is taken away and becomes a session, the session ends by logout or by time.
 *
 * An attempt is used at most once, because taking it away is the check; and only by the browser that started it,
 * because that browser's cookie must have the same hash. One browser may have several attempts open, in several tabs.
 */
@Injectable()
export class Login {
  constructor(
    @InjectRepository(LoginAttempt) private readonly attempts: Repository<LoginAttempt>,
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Starts an attempt for a browser. Returns where to send it. @throws Problem `unavailable` */
  async start(browser: string, returnTo: string): Promise<URL> {
    const checks = { state: newSecret(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const url = await this.provider.loginUrl(checks);
    await this.attempts.insert({
      stateHash: hashOf(checks.state),
      browserHash: hashOf(browser),
      codeVerifier: checks.codeVerifier,
      nonce: checks.nonce,
      returnTo,
      createdAt: this.clock.now(),
    });
    return url;
  }

  /**
   * Finishes the attempt that the query of the callback (`?code=…&state=…`) belongs to, and begins a session.
   * @throws Problem `login-failed` or `unavailable`
   */
  async finish(browser: string | undefined, query: string): Promise<{ session: string; returnTo: string }> {
    const state = new URLSearchParams(query).get('state');
    if (!browser || !state) throw new Problem('login-failed');
    const taken = await this.attempts
      .createQueryBuilder()
      .delete()
      .where({
        stateHash: hashOf(state),
        browserHash: hashOf(browser),
        createdAt: MoreThan(this.attemptsStartedSince()),
      })
      .returning('nonce, code_verifier, return_to')
      .execute();
    const [attempt] = taken.raw as { nonce: string; code_verifier: string; return_to: string }[];
    if (!attempt) throw new Problem('login-failed');
    const subject = await this.provider.subjectOf(query, {
      state,
      nonce: attempt.nonce,
      codeVerifier: attempt.code_verifier,
    });
    return { session: await this.sessions.begin(subject), returnTo: attempt.return_to };
  }

  /** Deletes sessions and attempts whose time is over, and returns how many there were. */
  @Interval(10 * MINUTE)
  async deleteExpired(): Promise<number> {
    const { affected } = await this.attempts.delete({
      createdAt: LessThanOrEqual(this.attemptsStartedSince()),
    });
    return (affected ?? 0) + (await this.sessions.deleteExpired());
  }

  private attemptsStartedSince(): Date {
    return new Date(this.clock.now().getTime() - ATTEMPT_LIFETIME);
  }
}
