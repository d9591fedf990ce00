import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import { Problem } from '#libs/problems';

/** Who makes a request. */
export interface Identity {
  /** By which the provider names the person: the claim that the app chose. */
  subject: string;
  /** Names the session without opening it: the hash of its secret, in base64url. */
  sessionId: string;
}

/** A request after the session guard. */
export interface IdentifiedRequest extends Request {
  identity?: Identity;
}

/** Metadata key of `@Public()`, for guards of an app that ask further. */
export const PUBLIC = 'login:public';

/** Marks a handler or controller that answers without a session. Everything else is closed. */
export const Public = () => applyDecorators(SetMetadata(PUBLIC, true), ApiExtension('x-public', true));

/** Metadata key of `@FromOtherSites()`. */
export const FROM_OTHER_SITES = 'login:from-other-sites';

/** Marks a handler that programs of other sites call with a form, and that takes no account of cookies. */
export const FromOtherSites = () => SetMetadata(FROM_OTHER_SITES, true);

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
