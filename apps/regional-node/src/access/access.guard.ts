import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { identityOf, LoginCookies, PUBLIC } from '#libs/login';
import { Problem } from '#libs/problems';
import { DataSource } from 'typeorm';
import { designationInUse, designationsOf, type Role } from '../directory/index.js';
import { ROLES_KEY, type ProfessionalRequest } from './access.decorators.js';

/**
 * Decides who may ask what, after the session guard found out who asks.
 * Everything is closed: a handler answers only with `@Public()`, or with `@Roles(…)` to somebody whom this node knows
 * and who has one of the roles. What a role may do with which record, the `….access.ts` of the feature says.
 * A person with several designations acts under one of them. Only this guard decides under which.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly dataSource: DataSource,
    private readonly cookies: LoginCookies,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // messages of the federation have guards of their own
    if (context.getType() !== 'http') return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, places)) return true;
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, places) ?? [];
    const request = context.switchToHttp().getRequest<ProfessionalRequest>();
    const { subject } = identityOf(request);
    const designations = await designationsOf(this.dataSource.manager, subject);
    // to themselves only: what the operator or coordinator needs to enter them
    if (designations.length === 0) throw new Problem('unknown-login', { members: { subject } });
    const professional = designationInUse(designations, this.cookies.read(request, 'choice'));
    if (!professional?.roles.some((role) => roles.includes(role))) throw new Problem('not-allowed');
    request.professional = professional;
    return true;
  }
}
