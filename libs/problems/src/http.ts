import {
  Catch,
  HttpException,
  Logger,
  ValidationPipe,
  type ArgumentMetadata,
  type ArgumentsHost,
  type ExceptionFilter,
  type ValidationError,
} from '@nestjs/common';
import type { Response } from 'express';
import type { ProblemCode } from './catalogue.js';
import { refuseUnboundedBody } from './bounded-body.js';
import { Problem, type InvalidParam } from './problem.js';

const CODE_OF_STATUS: Record<number, ProblemCode> = {
  400: 'invalid-input',
  401: 'not-logged-in',
  403: 'not-allowed',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** Turns every error into `application/problem+json`. What is not a problem of ours leaves as "internal"; its cause goes to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.problemOf(error);
    if (response.headersSent) return;
    if (problem.extra.retryAfter !== undefined)
      response.setHeader('Retry-After', String(problem.extra.retryAfter));
    response
      .status(problem.getStatus())
      .setHeader('Content-Type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem.document()));
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    const status = statusOf(error);
    const code = status === undefined ? undefined : CODE_OF_STATUS[status];
    if (code) return new Problem(code);
    // the message of a database or network error may quote data: only its kind and place are logged
    const { name, stack } = error instanceof Error ? error : new Error('unknown');
    const frames = (stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12);
    this.logger.error(`${name}\n${frames.join('\n')}`);
    return new Problem('internal');
  }
}

/** The HTTP status that an error of Nest or of a body parser carries. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** The most errors that one answer tells. */
export const MOST_ERRORS = 100;

/** The paths and constraints of class-validator, flattened to fields: the first {@link MOST_ERRORS}. */
export function invalidParamsOf(errors: readonly ValidationError[]): InvalidParam[] {
  const told: InvalidParam[] = [];
  collect(errors, '', told);
  return told;
}

function collect(errors: readonly ValidationError[], parent: string, told: InvalidParam[]): void {
  for (const error of errors) {
    const name = /^\d+$/.test(error.property)
      ? `${parent}[${error.property}]`
      : parent
        ? `${parent}.${error.property}`
        : error.property;
    for (const [constraint, text] of Object.entries(error.constraints ?? {})) {
      if (told.length >= MOST_ERRORS) return;
      const isUnknown = constraint === 'whitelistValidation';
      told.push({
        name,
        code: isUnknown ? 'unknownParam' : constraint,
        reason: isUnknown ? 'Dit veld bestaat niet.' : text,
      });
    }
    collect(error.children ?? [], name, told);
  }
}

/** Validates request bodies, after a look at their size: unknown properties are refused, and wrong fields are named. */
class ProblemValidationPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') refuseUnboundedBody(value);
    return super.transform(value, metadata);
  }
}

export const problemValidationPipe = (): ValidationPipe =>
  new ProblemValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Problem('invalid-input', { invalidParams: invalidParamsOf(errors) }),
  });
