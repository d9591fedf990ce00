import { Inject, Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { errorKind } from '#libs/observability';
import { Problem } from '#libs/problems';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';

/** What must be the same when the browser comes back from the provider. */
export interface LoginChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/**
 * The OpenID Connect provider, as its client sees it: authorization code with PKCE, state and nonce.
 * It is looked up when first needed and again until that succeeds, so an app starts while its provider is down.
 * Asks for the scope `openid` only: a name or e-mail address from the provider is not needed here, and not fetched.
 */
@Injectable()
export class IdentityProvider {
  private readonly logger = new Logger('login');
  private readonly publicUrl: string;
  private discovered?: Promise<oidc.Configuration>;

  constructor(@Inject(LOGIN_OPTIONS) private readonly options: LoginOptions) {
    if (!options.issuer.startsWith('https:') && !options.allowInsecureIssuer) {
      throw new Error('The issuer of the login must be an https address.');
    }
    this.publicUrl = options.publicUrl.replace(/\/+$/, '');
  }

  /** Where to send the browser to log in. @throws Problem `unavailable` */
  async loginUrl({ state, nonce, codeVerifier }: LoginChecks): Promise<URL> {
    return oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: `${this.publicUrl}/auth/callback`,
      scope: 'openid',
      ui_locales: 'nl',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Exchanges the code in the query of the callback for the subject of the person who logged in.
   * @throws Problem `unavailable`, or `login-failed` whatever the provider's reason
   */
  async subjectOf(query: string, { state, nonce, codeVerifier }: LoginChecks): Promise<string> {
    const configuration = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(
        configuration,
        new URL(`${this.publicUrl}/auth/callback${query}`),
        { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
      );
      return tokens.claims()!.sub;
    } catch (error) {
      this.logger.warn(`login failed: ${errorKind(error)}`);
      throw new Problem('login-failed');
    }
  }

  /** Where to send the browser to log out at the provider as well; the app's own page if the provider offers nothing. */
  async logoutUrl(): Promise<string> {
    const home = `${this.publicUrl}/`;
    try {
      return oidc.buildEndSessionUrl(await this.configuration(), { post_logout_redirect_uri: home }).href;
    } catch {
      return home;
    }
  }

  private configuration(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, allowInsecureIssuer } = this.options;
    this.discovered ??= oidc
      .discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
        timeout: 10,
        execute: allowInsecureIssuer ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        this.discovered = undefined;
        this.logger.warn(`provider unavailable: ${errorKind(error)}`);
        throw new Problem('unavailable');
      });
    return this.discovered;
  }
}
