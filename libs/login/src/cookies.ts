import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';

/** The two cookies of the login: one for the session, one for the browser while it logs in. */
@Injectable()
export class LoginCookies {
  private readonly options: CookieOptions;
  private readonly names: { session: string; browser: string };

  constructor(@Inject(LOGIN_OPTIONS) { cookieName, publicUrl }: LoginOptions) {
    const secure = publicUrl.startsWith('https:');
    // a browser takes a __Host- cookie from this very host only, not from a neighbour or over plain http (RFC 6265bis §4.1.3.2)
    const prefix = secure ? '__Host-' : '';
    this.names = { session: `${prefix}${cookieName}`, browser: `${prefix}${cookieName}-login` };
    this.options = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  }

  /** The value that the browser sent, if any. */
  read(request: Request, cookie: 'session' | 'browser'): string | undefined {
    const start = `${this.names[cookie]}=`;
    const pair = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(start));
    return pair?.trim().slice(start.length);
  }

  /** Gives the browser a value to keep until it closes, or for `maxAge` milliseconds. */
  write(response: Response, cookie: 'session' | 'browser', value: string, maxAge?: number): void {
    response.cookie(
      this.names[cookie],
      value,
      maxAge === undefined ? this.options : { ...this.options, maxAge },
    );
  }

  clear(response: Response, cookie: 'session' | 'browser'): void {
    response.clearCookie(this.names[cookie], this.options);
  }
}
