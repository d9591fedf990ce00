import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { IdentifiedRequest } from '#libs/login';
import { Problem } from '#libs/problems';
import type { Professional, Role } from '../directory/index.js';

/** A request after the access guard. */
export interface ProfessionalRequest extends IdentifiedRequest {
  professional?: Professional;
}

export const ROLES_KEY = 'access:roles';

/** Names the roles for which a handler or controller answers; one of them is enough. A handler without it is closed. */
export const Roles = (...roles: [Role, ...Role[]]) => SetMetadata(ROLES_KEY, roles);

/** Parameter decorator: the professional who makes the request. */
export const CurrentProfessional = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Professional => {
    const { professional } = context.switchToHttp().getRequest<ProfessionalRequest>();
    if (!professional) throw new Problem('not-allowed');
    return professional;
  },
);
