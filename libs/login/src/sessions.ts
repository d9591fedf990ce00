import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThanOrEqual, Not, type Repository } from 'typeorm';
import { Clock, MINUTE } from '#libs/clock';
import { Problem } from '#libs/problems';
import type { Identity } from './identity.js';
import type { LoggedIn, LoggedOut } from './identity-provider.js';
import { LoginLogout } from './login-logout.entity.js';
import { LoginSession } from './login-session.entity.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';
import { hashOf, newSecret } from './secret.js';

/** How long a logout token is remembered, in milliseconds: longer than {@link LOGOUT_LIFETIME_SECONDS}, with both clocks wrong. */
const LOGOUT_MEMORY = 20 * MINUTE;

/** Sessions in the database: they survive a restart and hold in every instance of the app. */
@Injectable()
export class Sessions {
  constructor(
    @InjectRepository(LoginSession) private readonly sessions: Repository<LoginSession>,
    @Inject(LOGIN_OPTIONS) private readonly options: LoginOptions,
    private readonly clock: Clock,
  ) {}

  /** Begins a session. Returns the secret for the cookie, which is kept nowhere else. */
  async begin(person: LoggedIn): Promise<string> {
    const secret = newSecret();
    const now = this.clock.now();
    await this.sessions.insert({ idHash: hashOf(secret), ...person, createdAt: now, lastSeenAt: now });
    return secret;
  }

  /**
   * Who the secret of a session that has not ended belongs to.
   * @param attended whether a person is behind the request: only that keeps a session from ending by its idle time
   */
  async identify(secret: string, attended = true): Promise<Identity | undefined> {
    const idHash = hashOf(secret);
    const session = await this.sessions.findOneBy({ idHash });
    if (!session) return undefined;
    const now = this.clock.now();
    const idle = now.getTime() - session.lastSeenAt.getTime();
    const age = now.getTime() - session.createdAt.getTime();
    if (idle >= this.options.idleTimeout || age >= this.options.absoluteTimeout) return undefined;
    if (attended && idle >= Math.min(MINUTE, this.options.idleTimeout / 10)) {
      await this.sessions.update({ idHash }, { lastSeenAt: now });
    }
    return { subject: session.subject, sessionId: idHash.toString('base64url') };
  }

  /** Ends the session of a secret, and tells at which provider it began; undefined if there is none. */
  async end(secret: string): Promise<Pick<LoginSession, 'providerSubject'> | undefined> {
    const session = await this.sessions.findOneBy({ idHash: hashOf(secret) });
    if (session) await this.sessions.delete({ idHash: session.idHash });
    return session ?? undefined;
  }

  /**
   * Ends the sessions that the provider ended, once for each logout token.
   * @throws Problem `invalid-input` when the token was used before, or its session is one of somebody else
   */
  async endAtProvider({ tokenId, providerSubject, providerSession }: LoggedOut): Promise<void> {
    await this.sessions.manager.transaction(async (manager) => {
      const used = await manager
        .createQueryBuilder()
        .insert()
        .into(LoginLogout)
        .values({ tokenHash: hashOf(tokenId), seenAt: this.clock.now() })
        .orIgnore()
        .returning('token_hash')
        .execute();
      if ((used.raw as unknown[]).length === 0) throw new Problem('invalid-input');
      if (providerSubject === undefined)
        return void (await manager.delete(LoginSession, { providerSession }));
      if (providerSession === undefined)
        return void (await manager.delete(LoginSession, { providerSubject }));
      if (await manager.existsBy(LoginSession, { providerSession, providerSubject: Not(providerSubject) }))
        throw new Problem('invalid-input');
      // a session that began without `sid` may be the one that is meant
      await manager.delete(LoginSession, { providerSubject, providerSession });
      await manager.delete(LoginSession, { providerSubject, providerSession: IsNull() });
    });
  }

  /** Deletes the sessions that have ended by time, and returns how many there were. */
  async deleteExpired(): Promise<number> {
    const now = this.clock.now().getTime();
    await this.sessions.manager.delete(LoginLogout, {
      seenAt: LessThanOrEqual(new Date(now - LOGOUT_MEMORY)),
    });
    const { affected } = await this.sessions
      .createQueryBuilder()
      .delete()
      .where({ lastSeenAt: LessThanOrEqual(new Date(now - this.options.idleTimeout)) })
      .orWhere({ createdAt: LessThanOrEqual(new Date(now - this.options.absoluteTimeout)) })
      .execute();
    return affected ?? 0;
  }
}
