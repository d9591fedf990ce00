import { TLSSocket } from 'node:tls';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Tokens } from '../access/index.js';
import { BrpSimulatorConfiguration } from '../config.js';
import { isSameSecret } from '../same-secret.js';
import { BrpProblem } from './brp-problem.js';

const JSON_TYPE = /^application\/json(;charset=utf-8)?$/;
const ACCEPTED = /^(\*\/\*|application\/json)(;charset=utf-8)?$/;

/**
 * Lets a request through that proves who asks by certificate, key, token and headers of the gateway, each where it is set; by POST; and that
 * sends and accepts JSON in UTF-8.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(
    private readonly configuration: BrpSimulatorConfiguration,
    private readonly tokens: Tokens,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!this.isKnown(request)) throw new BrpProblem('authentication');
    if (this.configuration.requiredHeaders.some((name) => !request.get(name)))
      throw new BrpProblem('unauthorized');
    if (request.method !== 'POST') throw new BrpProblem('methodNotAllowed');
    if (!accepts(request.get('Accept'))) throw new BrpProblem('notAcceptable');
    const contentType = bare(request.get('Content-Type'));
    if (contentType && !JSON_TYPE.test(contentType)) throw new BrpProblem('unsupportedMediaType');
    return true;
  }

  /** Over TLS the certificate was checked before. */
  private isKnown(request: Request): boolean {
    const { apiKey, tlsPort } = this.configuration;
    return (
      (tlsPort === undefined || request.socket instanceof TLSSocket) &&
      (apiKey === undefined || isSameSecret(request.get('X-API-KEY') ?? '', apiKey)) &&
      (!this.tokens.areAsked || this.tokens.isValid(request.get('Authorization')))
    );
  }
}

const bare = (header = ''): string => header.replace(/\s/g, '').toLowerCase();

/** One of the listed types will do; preferences (`q=`) make no difference, since there is one answer. */
function accepts(header: string | undefined): boolean {
  const types = bare(header).split(',').filter(Boolean);
  return types.length === 0 || types.some((type) => ACCEPTED.test(type.replace(/;q=[\d.]+/, '')));
}
