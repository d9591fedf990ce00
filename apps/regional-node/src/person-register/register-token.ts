import type { KeyObject } from 'node:crypto';
import { SECOND } from '#libs/clock';
import { readSigningKey, signingKeyOf } from '#libs/configuration';
import * as oidc from 'openid-client';
import type { RegionalNodeConfig } from '../config.js';
import { networkFailure } from './network-failure.js';
import { isCode, isPassing, type RegisterAnswer } from './register-answer.js';

/** A token is renewed so long before it ends, or halfway when it holds for less than twice as long. */
const RENEW_BEFORE = 30 * SECOND;
/** How long a token counts as valid whose server does not say it. */
const UNSAID = 60 * SECOND;

/** The token server gave no token. */
export class NoToken extends Error {
  override name = 'NoToken';

  constructor(readonly answer: Extract<RegisterAnswer, { outcome: 'refused' | 'unreachable' }>) {
    super('no token');
  }
}

/**
 * The access token for the person register: OAuth 2.0 client credentials, with a secret or a signed assertion (`private_key_jwt`). Kept until
 * shortly before it ends; questions that come at the same time wait for the same one.
 */
export class RegisterToken {
  private readonly configuration: Promise<oidc.Configuration>;
  private held: { token: string; renewAt: number } | undefined;
  private asked: Promise<string> | undefined;

  /** @throws ConfigurationError when the key cannot be used */
  constructor(
    private readonly config: RegionalNodeConfig & { personRegisterTokenUrl: string },
    fetch: oidc.CustomFetch,
  ) {
    const { personRegisterTokenUrl: url, personRegisterClientId: clientId = '' } = config;
    // a server without discovery: the address stands for the issuer, and so for the audience of assertions
    const server = { issuer: url, token_endpoint: url };
    const key = privateKeyOf(config);
    this.configuration = authenticationOf(key, config).then((authentication) => {
      const configuration = new oidc.Configuration(server, clientId, undefined, authentication);
      if (url.startsWith('http:')) oidc.allowInsecureRequests(configuration);
      configuration[oidc.customFetch] = fetch;
      return configuration;
    });
  }

  /** @throws NoToken */
  async current(): Promise<string> {
    if (this.held && performance.now() < this.held.renewAt) return this.held.token;
    this.asked ??= this.ask().finally(() => (this.asked = undefined));
    return this.asked;
  }

  /** Has the next question ask for another one: the register does not accept this one. */
  forget(token: string): void {
    if (this.held?.token === token) this.held = undefined;
  }

  private async ask(): Promise<string> {
    const parameters = new URLSearchParams(this.config.personRegisterTokenParameters);
    try {
      const { access_token: token, expires_in: seconds } = await oidc.clientCredentialsGrant(
        await this.configuration,
        parameters,
      );
      const validity = seconds === undefined ? UNSAID : seconds * SECOND;
      const margin = Math.min(RENEW_BEFORE, validity / 2);
      this.held = { token, renewAt: performance.now() + validity - margin };
      return token;
    } catch (error) {
      throw new NoToken(failureOf(error));
    }
  }
}

function failureOf(error: unknown): NoToken['answer'] {
  const status = statusOf(error);
  if (status === undefined) return networkFailure(error);
  if (status < 400 || isPassing(status)) return { outcome: 'unreachable', reason: `token server ${status}` };
  const code = error instanceof oidc.ResponseBodyError ? error.error : undefined;
  return { outcome: 'refused', refusal: { by: 'token', status, ...(isCode(code) ? { code } : {}) } };
}

/** The status with which the token server refused, wherever the library has it. */
function statusOf(error: unknown): number | undefined {
  const { status, cause } = error as { status?: unknown; cause?: unknown };
  if (typeof status === 'number') return status;
  const inner = (cause as { status?: unknown } | null | undefined)?.status;
  if (typeof inner === 'number') return inner;
  return cause instanceof Error ? statusOf(cause) : undefined;
}

function privateKeyOf({ personRegisterClientKeyFile: file }: RegionalNodeConfig): KeyObject | undefined {
  return file === undefined ? undefined : readSigningKey(file, 'PERSON_REGISTER_CLIENT_KEY_FILE');
}

async function authenticationOf(
  key: KeyObject | undefined,
  { personRegisterClientSecret }: RegionalNodeConfig,
): Promise<oidc.ClientAuth> {
  return key
    ? oidc.PrivateKeyJwt(await signingKeyOf(key))
    : oidc.ClientSecretPost(personRegisterClientSecret);
}
