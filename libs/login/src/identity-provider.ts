import { Logger } from '@nestjs/common';
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import { SECOND, SystemClock } from '#libs/clock';
import { readSigningKey, signingKeyOf } from '#libs/configuration';
import { errorKind } from '#libs/observability';
import { Problem } from '#libs/problems';
import type {
  ClientAuthentication,
  FurtherProvider,
  LoginOptions,
  ProviderOptions,
} from './login.options.js';

/** What must be the same when the browser comes back from the provider. */
export interface LoginChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Somebody for whom a provider vouched. What a further provider says has its id before it. */
export interface LoggedIn {
  /** Value of the claim by which the app knows the person. */
  subject: string;
  providerSubject: string;
  providerSession: string | null;
}

/** What a logout token ends: the sessions of a person, one session at the provider, or that one session of that person. */
export interface LoggedOut {
  tokenId: string;
  providerSubject?: string;
  providerSession?: string;
}

/** How far the clocks of provider and app may differ. */
const CLOCK_TOLERANCE_SECONDS = 60;
/** How old a logout token may be. */
export const LOGOUT_LIFETIME_SECONDS = 600;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** What the provider vouched for cannot be used. */
class Unusable extends Error {
  override name = 'Unusable';
}

/**
 * An OpenID Connect provider, as its client sees it: authorization code with PKCE, state and nonce; every token's signature is verified.
 * It is looked up when first needed and again until that succeeds, so an app starts while its provider is down.
 * Asks for the scope `openid`, and for `profile` where the subject is another claim than `sub`; reads nothing but that claim.
 */
export class IdentityProvider {
  private readonly logger = new Logger('login');
  private readonly home: string;
  private readonly callback: string;
  private readonly allowInsecure: boolean;
  private readonly subjectClaim: string;
  private readonly acrValues: readonly string[];
  private readonly authentication: Promise<oidc.ClientAuth>;
  private discovered?: Promise<oidc.Configuration>;
  private keys?: JWTVerifyGetKey;

  /**
   * @param id of a further provider; empty for the first
   * @throws ConfigurationError when the key cannot be used
   */
  constructor(
    private readonly options: ProviderOptions,
    { publicUrl, allowInsecureIssuer }: Pick<LoginOptions, 'publicUrl' | 'allowInsecureIssuer'>,
    readonly id: FurtherProvider['id'] = '',
  ) {
    if (!options.issuer.startsWith('https:') && !allowInsecureIssuer) {
      throw new Error('The issuer of the login must be an https address.');
    }
    this.allowInsecure = allowInsecureIssuer === true;
    this.home = `${publicUrl.replace(/\/+$/, '')}/`;
    // an address of its own for each, so that no provider can pass the answer of another off as its own (RFC 9700 §4.4)
    this.callback = `${this.home}auth/callback${id && `/${id}`}`;
    this.subjectClaim = options.subjectClaim ?? 'sub';
    this.acrValues = options.acrValues ?? [];
    this.authentication = authenticationOf(options);
  }

  /** Where to send the browser to log in. @throws Problem `unavailable` */
  async loginUrl({ state, nonce, codeVerifier }: LoginChecks): Promise<URL> {
    return oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.callback,
      scope: this.subjectClaim === 'sub' ? 'openid' : 'openid profile',
      ui_locales: 'nl',
      ...(this.acrValues.length > 0 ? { acr_values: this.acrValues.join(' ') } : {}),
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Exchanges the code in the query of the callback for the person who logged in.
   * @throws Problem `unavailable`, `assurance-too-low`, or `login-failed` whatever the provider's reason
   */
  async personOf(query: string, { state, nonce, codeVerifier }: LoginChecks): Promise<LoggedIn> {
    const configuration = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(this.callback + query), {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      // the library leaves this one to its users; it judges the others by the clock of the machine
      const now = new SystemClock().now().getTime() / SECOND;
      if (claims.iat > now + CLOCK_TOLERANCE_SECONDS) throw new Unusable('iat');
      if (this.acrValues.length > 0 && !this.acrValues.some((value) => value === claims.acr))
        throw new Problem('assurance-too-low');
      const providerSubject = identifier(claims.sub);
      const subject =
        claims[this.subjectClaim] ??
        (await oidc.fetchUserInfo(configuration, tokens.access_token, providerSubject))[this.subjectClaim];
      return {
        subject: this.scoped(identifier(subject)),
        providerSubject: this.scoped(providerSubject),
        providerSession: claims.sid === undefined ? null : this.scoped(identifier(claims.sid)),
      };
    } catch (error) {
      if (error instanceof Problem) throw error;
      this.logger.warn(`login failed: ${errorKind(error)}`);
      throw new Problem('login-failed');
    }
  }

  /** What a logout token ends (OpenID Connect Back-Channel Logout §2.6). @throws Problem `unavailable` or `invalid-input` */
  async logoutIn(token: unknown): Promise<LoggedOut> {
    const { issuer, jwks_uri: keysUrl } = (await this.configuration()).serverMetadata();
    try {
      this.keys ??= createRemoteJWKSet(new URL(keysUrl!));
      const { payload } = await jwtVerify(String(token), this.keys, {
        issuer,
        audience: this.options.clientId,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: LOGOUT_LIFETIME_SECONDS,
      });
      return this.logoutOf(payload);
    } catch (error) {
      this.logger.warn(`logout token refused: ${errorKind(error)}`);
      throw new Problem('invalid-input');
    }
  }

  /** Where to send the browser to log out at the provider as well; the app's own page if the provider offers nothing. */
  async logoutUrl(): Promise<string> {
    try {
      return oidc.buildEndSessionUrl(await this.configuration(), { post_logout_redirect_uri: this.home })
        .href;
    } catch {
      return this.home;
    }
  }

  private logoutOf({ aud, azp, events, jti, nonce, sub, sid }: JWTPayload): LoggedOut {
    if (Array.isArray(aud) && aud.length > 1 && azp !== this.options.clientId) throw new Unusable('aud');
    const event = (events as Record<string, unknown> | null | undefined)?.[LOGOUT_EVENT];
    if (typeof event !== 'object' || event === null) throw new Unusable('events');
    if (nonce !== undefined) throw new Unusable('nonce');
    if (sub === undefined && sid === undefined) throw new Unusable('sub');
    return {
      tokenId: this.scoped(identifier(jti)),
      ...(sub === undefined ? {} : { providerSubject: this.scoped(identifier(sub)) }),
      ...(sid === undefined ? {} : { providerSession: this.scoped(identifier(sid)) }),
    };
  }

  private scoped(said: string): string {
    return this.id === '' ? said : `${this.id} ${said}`;
  }

  private configuration(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      this.discovered = undefined;
      this.logger.warn(`provider unavailable: ${errorKind(error)}`);
      throw new Problem('unavailable');
    });
    return this.discovered;
  }

  private async discover(): Promise<oidc.Configuration> {
    const { issuer, clientId } = this.options;
    return oidc.discovery(
      new URL(issuer),
      clientId,
      { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      await this.authentication,
      {
        timeout: 10,
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(this.allowInsecure ? [oidc.allowInsecureRequests] : []),
        ],
      },
    );
  }
}

/** An identifier of the provider: visible ASCII, of at most 255 characters (OpenID Connect Core §2). @throws Unusable */
function identifier(value: unknown): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(value)) throw new Unusable('identifier');
  return value;
}

/**
 * How the app proves who it is. Without a setting: with the key if there is one, else with the secret as the provider's metadata allows,
 * preferring `client_secret_basic`, which is the default of OpenID Connect.
 */
function authenticationOf({
  clientSecret,
  clientKeyFile,
  clientAuthentication,
}: ProviderOptions): Promise<oidc.ClientAuth> {
  const key = clientKeyFile === undefined ? undefined : readSigningKey(clientKeyFile, 'CLIENT_KEY_FILE');
  if (key && (clientAuthentication === undefined || clientAuthentication === 'private_key_jwt'))
    return signingKeyOf(key).then((privateKey) => oidc.PrivateKeyJwt(privateKey));
  return Promise.resolve((server, client, body, headers) => {
    const supported = server.token_endpoint_auth_methods_supported;
    const method: ClientAuthentication =
      clientAuthentication ??
      (supported === undefined || supported.includes('client_secret_basic')
        ? 'client_secret_basic'
        : 'client_secret_post');
    if (method === 'client_secret_post')
      return oidc.ClientSecretPost(clientSecret)(server, client, body, headers);
    headers.set(
      'authorization',
      `Basic ${Buffer.from(`${formEncoded(client.client_id)}:${formEncoded(clientSecret ?? '')}`).toString('base64')}`,
    );
  });
}

/**
 * As a form is encoded (RFC 6749 §2.3.1). Unlike the library's own, it leaves `-`, `.`, `_` and `*` as they are, as the form encoding of
 * browsers does: some providers compare without decoding.
 */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
