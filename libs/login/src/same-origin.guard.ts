import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Problem } from '#libs/problems';
import { FROM_OTHER_SITES } from './identity.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Keeps other sites from acting with a session of ours (cross-site request forgery).
 * A browser tells by `Origin` and `Sec-Fetch-Site` (W3C Fetch Metadata) who asks; a program that sends neither has no
 * session cookie to misuse. JSON is the only kind of body, because no plain form of another site can send it.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  private readonly origin: string;

  constructor(
    private readonly reflector: Reflector,
    @Inject(LOGIN_OPTIONS) { publicUrl }: LoginOptions,
  ) {
    this.origin = new URL(publicUrl).origin;
  }

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (SAFE_METHODS.includes(request.method)) return true;
    if (this.reflector.get<boolean>(FROM_OTHER_SITES, context.getHandler())) return true;
    const {
      origin,
      'sec-fetch-site': site,
      'transfer-encoding': chunked,
      'content-length': length,
    } = request.headers;
    if (origin !== undefined && origin !== this.origin) throw new Problem('foreign-origin');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem('foreign-origin');
    const hasBody = chunked !== undefined || Number(length ?? 0) > 0;
    if (hasBody && !request.is('application/json')) throw new Problem('unsupported-media-type');
    return true;
  }
}
