import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '#libs/problems';
import { LoginCookies } from './cookies.js';
import { PUBLIC, type IdentifiedRequest } from './identity.js';
import { Sessions } from './sessions.js';

/** Header of a request that a screen makes by itself. Whoever leaves it out prolongs no session but their own. */
const UNATTENDED = 'unattended';

/** Lets a request in only with a session, unless its handler or controller is marked `@Public()`. */
@Injectable()
export class SessionGuard implements CanActivate {
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
    if (!request.identity) throw new Problem('not-logged-in');
    return true;
  }
}
