import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { LoginCookies } from './cookies.js';
import { Reflector } from '@nestjs/core';
import { PUBLIC, type IdentifiedRequest } from './identity.js';
import { Sessions } from './sessions.js';

/** Header of a request that a screen makes by itself. Whoever leaves it out prolongs no session but their own. */
const UNATTENDED = 'unattended';

/** Finds out whose session a request has. It lets everybody in; the session guard decides after the requests are counted. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly cookies: LoginCookies,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // messages of the federation have guards of their own
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const secret = this.cookies.read(request, 'session');
    const attended = request.headers[UNATTENDED] === undefined;
    request.identity = secret === undefined ? undefined : await this.sessions.identify(secret, attended);
    return true;
  }
}
