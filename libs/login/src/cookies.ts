import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';

type Cookie = 'session' | 'browser' | 'choice';

/** The cookies of the login: for the session, for the browser while it logs in, and for what the app has a person choose for themselves. */
@Injectable()
export class LoginCookies {
  private readonly options: CookieOptions;
  private readonly names: Record<Cookie, string>;

  constructor(@Inject(LOGIN_OPTIONS) { cookieName, publicUrl }: LoginOptions) {
    const secure = publicUrl.startsWith('https:');
    // a browser takes a __Host- cookie from this very host only, not from a neighbour or over plain http (RFC 6265bis §4.1.3.2)
    const prefix = secure ? '__Host-' : '';
    const name = `${prefix}${cookieName}`;
    this.names = { session: name, browser: `${name}-login`, choice: `${name}-choice` };
    this.options = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  }

  /** The value that the browser sent, if any. */
  read(request: Request, cookie: Cookie): string | undefined {
    const start = `${this.names[cookie]}=`;
    const pair = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(start));
    return pair?.trim().slice(start.length);
  }

  /** Gives the browser a value to keep until it closes, or for `maxAge` milliseconds. */
  write(response: Response, cookie: Cookie, value: string, maxAge?: number): void {
    response.cookie(
      this.names[cookie],
      value,
      maxAge === undefined ? this.options : { ...this.options, maxAge },
    );
  }

  clear(response: Response, cookie: Cookie): void {
    response.clearCookie(this.names[cookie], this.options);
  }
}
