import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Problem } from '#libs/problems';
import { FROM_OTHER_SITES } from './identity.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

const ALSO_READS = 'login:also-reads';
/** What a form of another site can send without asking (Fetch Standard, CORS-safelisted request-header). */
type FormType = 'text/plain' | 'multipart/form-data' | 'application/x-www-form-urlencoded';

/** Lets a handler read bodies of another type than JSON, which no form of another site can send. */
export const AlsoReads = <T extends string>(type: T extends FormType ? never : T) =>
  SetMetadata(ALSO_READS, type);

/**
 * Keeps other sites from acting with a session of ours (cross-site request forgery).
 * A browser tells by `Origin` and `Sec-Fetch-Site` (W3C Fetch Metadata) who asks; a program that sends neither has no
 * session cookie to misuse. JSON is the only kind of body, because no plain form of another site can send it; a handler
 * may name one more with `@AlsoReads()`.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  private readonly origin: string;

  constructor(
    @Inject(LOGIN_OPTIONS) { publicUrl }: LoginOptions,
    private readonly reflector: Reflector,
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
    const also = this.reflector.get<string | undefined>(ALSO_READS, context.getHandler());
    const types = ['application/json', ...(also === undefined ? [] : [also])];
    if (hasBody && !request.is(types)) throw new Problem('unsupported-media-type');
    return true;
  }
}
