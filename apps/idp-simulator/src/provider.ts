import { generateKeyPairSync } from 'node:crypto';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { errorKind, type ProgramLogger } from '#libs/observability';
import type { Config } from './config.js';
import type { Account, ClientApp } from './demo-data.js';
import { errorPage, loggedOutPage, logoutPage } from './pages.js';

const MINUTES = 60;
const HOURS = 3_600;

/**
 * The OpenID Connect provider: authorization code flow with PKCE, for the given clients and accounts.
 * Nobody is asked for consent. Signing keys are new at every start, and sessions are in memory: a restart logs all out.
 */
export function createProvider(
  config: Config,
  accounts: readonly Account[],
  clients: readonly ClientApp[],
  logger: ProgramLogger,
): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(config.issuer, {
    clients: clients.map((client) => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: client.redirectUris,
      post_logout_redirect_uris: client.postLogoutRedirectUris,
      response_types: ['code'],
      grant_types: ['authorization_code'],
    })),
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    findAccount: (_context, subject) => {
      const account = accounts.find((candidate) => candidate.subject === subject);
      if (!account) return undefined;
      const { name, email } = account;
      return { accountId: subject, claims: () => ({ sub: subject, name, email }) };
    },
    loadExistingGrant: grantWithoutConsent,
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [config.cookieKey] },
    ttl: {
      AuthorizationCode: MINUTES,
      AccessToken: 10 * MINUTES,
      IdToken: 10 * MINUTES,
      Interaction: 30 * MINUTES,
      Session: 8 * HOURS,
      Grant: 8 * HOURS,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = logoutPage(form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = loggedOutPage();
        },
      },
    },
    renderError: (context, { error }) => {
      context.type = 'html';
      context.body = errorPage(error);
    },
  });
  // behind a proxy that ends TLS the provider must believe what that proxy says about the request
  provider.proxy = config.issuer.startsWith('https:');
  provider.use(logoutWithoutSession);
  provider.on('server_error', (_context, error) =>
    logger.warning('provider-error', { kind: errorKind(error) }),
  );
  return provider;
}

/** Grants every client what it asks for; the grant is kept, because a new one would cancel logins under way in other tabs. */
async function grantWithoutConsent({ oidc }: KoaContextWithOIDC) {
  const { clientId } = oidc.client!;
  const earlier = oidc.session!.grantIdFor(clientId);
  if (earlier) return oidc.provider.Grant.find(earlier);
  const grant = new oidc.provider.Grant({ accountId: oidc.session!.accountId, clientId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

/** Who is not logged in has nothing to confirm: goes back at once, where the provider would send a page that needs a script. */
async function logoutWithoutSession(context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (context.oidc?.route !== 'end_session' || context.status !== 200 || context.oidc.session?.accountId)
    return;
  const returnTo = context.oidc.params?.post_logout_redirect_uri;
  if (typeof returnTo === 'string') context.redirect(returnTo);
  else context.body = loggedOutPage();
}
