import { timingSafeEqual } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { BrpSimulatorConfiguration } from '../config.js';
import { BrpProblem } from './brp-problem.js';

const JSON_TYPE = /^application\/json(;charset=utf-8)?$/;
const ACCEPTED = /^(\*\/\*|application\/json)(;charset=utf-8)?$/;

/** Lets a request through that carries the key (where one is set), by POST, and that sends and accepts JSON in UTF-8. */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(private readonly configuration: BrpSimulatorConfiguration) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!this.hasKey(request.get('X-API-KEY'))) throw new BrpProblem('authentication');
    if (request.method !== 'POST') throw new BrpProblem('methodNotAllowed');
    if (!accepts(request.get('Accept'))) throw new BrpProblem('notAcceptable');
    const contentType = bare(request.get('Content-Type'));
    if (contentType && !JSON_TYPE.test(contentType)) throw new BrpProblem('unsupportedMediaType');
    return true;
  }

  private hasKey(given = ''): boolean {
    const { apiKey } = this.configuration;
    if (apiKey === undefined) return true;
    const [right, offered] = [Buffer.from(apiKey), Buffer.from(given)];
    return right.length === offered.length && timingSafeEqual(right, offered);
  }
}

const bare = (header = ''): string => header.replace(/\s/g, '').toLowerCase();

/** One of the listed types will do; preferences (`q=`) make no difference, since there is one answer. */
function accepts(header: string | undefined): boolean {
  const types = bare(header).split(',').filter(Boolean);
  return types.length === 0 || types.some((type) => ACCEPTED.test(type.replace(/;q=[\d.]+/, '')));
}
