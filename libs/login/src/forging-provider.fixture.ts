import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { SystemClock } from '#libs/clock';

/** Claims of a token; undefined leaves one out. */
export type Claims = Record<string, unknown>;

/** What a forged token differs in from one that is right. */
export interface Forgery {
  claims?: Claims;
  /** Seconds by which the provider's clock is ahead. */
  ahead?: number;
  /** `none`: unsigned; `stranger`: by a key that is not published; `secret`: HS256 under the client's secret. */
  signedBy?: 'none' | 'stranger' | 'secret';
}

/** A provider that gives out whatever tokens a test wants. */
export class ForgingProvider {
  issuer = '';
  /** What the next ID token differs in. */
  next: Forgery = {};
  /** What the userinfo endpoint answers; undefined: there is none. */
  userInfo: Claims | undefined;
  /** Metadata that the discovery document adds. */
  metadata: Record<string, unknown> = {};
  /** Requests of the token endpoint. */
  readonly tokenRequests: { authorization: string | undefined; form: URLSearchParams }[] = [];
  private readonly nonces = new Map<string, string>();

  private constructor(
    private readonly clientId: string,
    private readonly secret: string,
    private readonly keys: { own: CryptoKey; stranger: CryptoKey; published: object },
  ) {}

  static async start(clientId: string, secret: string): Promise<ForgingProvider> {
    const own = await generateKeyPair('RS256');
    const stranger = await generateKeyPair('RS256');
    const published = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
    const keys = { own: own.privateKey, stranger: stranger.privateKey, published };
    const provider = new ForgingProvider(clientId, secret, keys);
    await provider.listen();
    return provider;
  }

  private readonly server = createServer((request, response) => {
    void this.answer(request).then(({ status = 200, location, body }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  });

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** A signed token with these claims. */
  async token(claims: Claims, { ahead = 0, signedBy }: Forgery = {}, type = 'JWT'): Promise<string> {
    const now = Math.floor(new SystemClock().now().getTime() / 1000) + ahead;
    const right = { iss: this.issuer, aud: this.clientId, iat: now, exp: now + 300 };
    const payload = { ...right, ...claims } as JWTPayload;
    if (signedBy === 'none') return new UnsecuredJWT(payload).encode();
    const alg = signedBy === 'secret' ? 'HS256' : 'RS256';
    const key =
      signedBy === 'secret'
        ? new TextEncoder().encode(this.secret)
        : this.keys[signedBy === 'stranger' ? 'stranger' : 'own'];
    return new SignJWT(payload).setProtectedHeader({ alg, kid: 'own', typ: type }).sign(key);
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(
    request: IncomingMessage,
  ): Promise<{ status?: number; location?: string; body?: unknown }> {
    const { pathname, searchParams } = new URL(request.url!, this.issuer);
    const { issuer } = this;
    if (pathname === '/.well-known/openid-configuration')
      return {
        body: {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          ...(this.userInfo ? { userinfo_endpoint: `${issuer}/userinfo` } : {}),
          ...this.metadata,
        },
      };
    if (pathname === '/keys') return { body: { keys: [this.keys.published] } };
    if (pathname === '/userinfo') return { body: this.userInfo };
    if (pathname === '/authorize') {
      const code = randomUUID();
      this.nonces.set(code, searchParams.get('nonce')!);
      const callback = new URL(searchParams.get('redirect_uri')!);
      callback.search = new URLSearchParams({ code, state: searchParams.get('state')! }).toString();
      return { status: 303, location: callback.href };
    }
    const form = new URLSearchParams(await textOf(request));
    this.tokenRequests.push({ authorization: request.headers.authorization, form });
    const nonce = this.nonces.get(form.get('code')!);
    const idToken = await this.token({ sub: 'a7c1', nonce, ...this.next.claims }, this.next);
    return { body: { access_token: 'unused', token_type: 'Bearer', id_token: idToken } };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
