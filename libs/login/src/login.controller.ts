import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { invalidField, Problem } from '#libs/problems';
import { LoginCookies } from './cookies.js';
import { FromOtherSites, Public } from './identity.js';
import { IdentityProviders } from './identity-providers.js';
import { ATTEMPT_LIFETIME, Login } from './login.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';
import { CountedTogether } from './request-limits.guard.js';
import { newSecret } from './secret.js';
import { Sessions } from './sessions.js';

const MAX_PATH_LENGTH = 1000;
/** How many attempts a browser can have under way: one a tab. */
const MOST_ATTEMPTS = 4;
const SECRET = /^[\w-]{43}$/;

/** The routes for browsers: to the provider, back from it, and out. */
@ApiExcludeController()
@Controller({ path: 'auth', version: VERSION_NEUTRAL })
export class LoginController {
  constructor(
    @Inject(LOGIN_OPTIONS) private readonly options: LoginOptions,
    private readonly login: Login,
    private readonly sessions: Sessions,
    private readonly providers: IdentityProviders,
    private readonly cookies: LoginCookies,
  ) {}

  /** Where people can log in besides at the first provider. */
  @Public()
  @Get('providers')
  further(): { further: { id: string; name: string }[] } {
    return { further: this.providers.further() };
  }

  /** Sends the browser to a provider, by default the first. `returnTo` is a path on this site, by default the home page. */
  @Public()
  @CountedTogether()
  @Get('login')
  @Header('Cache-Control', 'no-store')
  async start(
    @Query('returnTo') returnTo: unknown,
    @Query('provider') provider: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await orPage(request, response, async () => {
      // never one that the browser brought, which somebody else may have planted; other tabs may be under way
      const browser = newSecret();
      const browsers = [browser, ...this.browsersOf(request)].slice(0, MOST_ATTEMPTS).join('.');
      const url = await this.login.start(
        browser,
        localPath(returnTo ?? '/', this.options.publicUrl),
        typeof provider === 'string' ? provider : '',
      );
      this.cookies.write(response, 'browser', browsers, ATTEMPT_LIFETIME);
      response.redirect(303, url.href);
    });
  }

  /** Where a provider sends the browser back to (OpenID Connect Core §3.1.2.5); each further provider has an address of its own. */
  @Public()
  @CountedTogether()
  @Get('callback{/:provider}')
  @Header('Cache-Control', 'no-store')
  async finish(
    @Req() request: Request,
    @Res() response: Response,
    @Param('provider') provider = '',
  ): Promise<void> {
    await orPage(request, response, async () => {
      const { search } = new URL(request.originalUrl, this.options.publicUrl);
      const { session, returnTo } = await this.login.finish(this.browsersOf(request), search, provider);
      const earlier = this.cookies.read(request, 'session');
      if (earlier) await this.sessions.end(earlier);
      this.cookies.write(response, 'session', session);
      response.redirect(303, returnTo);
    });
  }

  /** Ends the session here, and tells where the browser can end the one at the provider. */
  @Public()
  @Post('logout')
  @HttpCode(200)
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ endSessionUrl: string }> {
    const session = this.cookies.read(request, 'session');
    const ended = session && (await this.sessions.end(session));
    this.cookies.clear(response, 'session');
    const provider = ended ? this.providers.ofSession(ended) : this.providers.of('');
    return { endSessionUrl: await provider.logoutUrl() };
  }

  /** Where the provider itself ends sessions (OpenID Connect Back-Channel Logout §2.5). The signed token says who asks. */
  @Public()
  @FromOtherSites()
  @Post('backchannel-logout')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  endAtProvider(@Body('logout_token') token: unknown): Promise<void> {
    return this.login.logOut(token);
  }

  /** The secrets of the attempts that this browser has under way, the newest first. */
  private browsersOf(request: Request): string[] {
    const value = this.cookies.read(request, 'browser') ?? '';
    return value.split('.').filter((secret) => SECRET.test(secret));
  }
}

/** Whoever asks for a page is sent to the home page, which says by its code what went wrong; others get the problem itself. */
async function orPage(request: Request, response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || request.accepts(['json', 'html']) !== 'html') throw error;
    response.redirect(303, `/?problem=${error.code}`);
  }
}

/**
 * The path, query and fragment of an address on this site, as a browser would read it.
 * @throws Problem `invalid-input` for anything that leads elsewhere, so that no link of ours can be bent towards another site
 */
function localPath(value: unknown, publicUrl: string): string {
  // it travels in the address of the provider
  const isShort = typeof value === 'string' && value.length <= MAX_PATH_LENGTH;
  if (isShort && value.startsWith('/') && URL.canParse(value, publicUrl)) {
    const { origin, pathname, search, hash } = new URL(value, publicUrl);
    // a path such as `/.//elsewhere` is local until it stands alone
    if (origin === new URL(publicUrl).origin && !pathname.startsWith('//')) return pathname + search + hash;
  }
  throw invalidField('returnTo', 'localPath', 'Dit is geen pagina van deze site.');
}
