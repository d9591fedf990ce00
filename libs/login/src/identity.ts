import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '#libs/problems';

/** Who makes a request. */
export interface Identity {
  /** Subject identifier at the provider (`sub`, OpenID Connect Core §2). */
  subject: string;
  /** Names the session without opening it: the hash of its secret, in base64url. */
  sessionId: string;
}

/** A request after the session guard. */
export interface IdentifiedRequest extends Request {
  identity?: Identity;
}

/** Metadata key of `@Public()`, for the guards of an app that come after these. */
/** Metadata key of `@Public()`, for guards of an app that ask further. */
export const PUBLIC = 'login:public';

/** Marks a handler or controller that answers without a session. Everything else is closed. */
export const Public = () => SetMetadata(PUBLIC, true);

/** The identity of a request. @throws Problem `not-logged-in` */
export function identityOf(request: IdentifiedRequest): Identity {
  if (!request.identity) throw new Problem('not-logged-in');
  return request.identity;
}

/** Parameter decorator: the subject of the person who makes the request. */
export const CurrentSubject = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string =>
    identityOf(context.switchToHttp().getRequest<IdentifiedRequest>()).subject,
);
