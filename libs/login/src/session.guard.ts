import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '#libs/problems';
import { PUBLIC, type IdentifiedRequest } from './identity.js';

/** Lets a request in only with a session, unless its handler or controller is marked `@Public()`. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    // messages of the federation have guards of their own
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    if (!context.switchToHttp().getRequest<IdentifiedRequest>().identity) throw new Problem('not-logged-in');
    return true;
  }
}
