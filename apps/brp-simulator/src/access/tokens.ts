import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Clock, SECOND, SystemClock } from '#libs/clock';
import { BrpSimulatorConfiguration } from '../config.js';
import { isSameSecret } from '../same-secret.js';
import { assertionId } from './client-assertion.js';

/** Path of the token endpoint. */
export const TOKEN_PATH = '/oauth/token';

/** Gives out access tokens to the one client, and knows which are valid. A restart forgets them. */
@Injectable()
export class Tokens {
  private readonly validUntil = new Map<string, number>();
  private readonly usedAssertions = new Set<string>();

  constructor(
    private readonly configuration: BrpSimulatorConfiguration,
    private readonly clock: Clock,
  ) {}

  /** Whether callers need a token. */
  get areAsked(): boolean {
    return this.configuration.tokenClientId !== undefined;
  }

  /** A token for a request that proves to be the client's; undefined for any other. */
  give(request: Record<string, unknown>): string | undefined {
    if (!this.isClient(request)) return undefined;
    const token = randomBytes(24).toString('base64url');
    this.validUntil.set(token, this.clock.now().getTime() + this.configuration.tokenSeconds * SECOND);
    return token;
  }

  /** @param authorization the header of a request */
  isValid(authorization = ''): boolean {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const until = token === undefined ? undefined : this.validUntil.get(token);
    return until !== undefined && this.clock.now().getTime() < until;
  }

  private isClient(request: Record<string, unknown>): boolean {
    const { tokenClientId = '', tokenClientSecret, tokenClientKeyFile } = this.configuration;
    if (request.grant_type !== 'client_credentials' || request.client_id !== tokenClientId) return false;
    if (tokenClientKeyFile === undefined) {
      const given = request.client_secret;
      return typeof given === 'string' && isSameSecret(given, tokenClientSecret ?? '');
    }
    const { client_assertion: assertion } = request;
    if (typeof assertion !== 'string') return false;
    const id = assertionId(assertion, {
      ...{ key: readFileSync(tokenClientKeyFile, 'utf8'), clientId: tokenClientId, path: TOKEN_PATH },
      // the client signs by the machine's clock, whatever day it is in the demonstration
      now: new SystemClock().now(),
    });
    if (id === undefined || this.usedAssertions.has(id)) return false;
    this.usedAssertions.add(id);
    return true;
  }
}
