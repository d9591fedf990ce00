import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { identityOf, PUBLIC, type IdentifiedRequest } from '#libs/login';
import { Problem } from '#libs/problems';
import { RelayConfig } from '../config.js';

/** Closes every route that is not marked public to everybody but the national coordinator, after the session guard found out who asks. */
@Injectable()
export class CoordinatorGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly config: RelayConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    // messages of the federation have guards of their own
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    const { subject } = identityOf(context.switchToHttp().getRequest<IdentifiedRequest>());
    if (!this.config.coordinatorSubjects.includes(subject)) throw new Problem('not-allowed');
    return true;
  }
}
