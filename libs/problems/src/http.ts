import {
  Catch,
  HttpException,
  Logger,
  ValidationPipe,
  type ArgumentsHost,
  type ExceptionFilter,
  type ValidationError,
} from '@nestjs/common';
import type { Response } from 'express';
import type { ProblemCode } from './catalogue.js';
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

/** The paths and constraints of class-validator, flattened to fields. */
export function invalidParamsOf(errors: readonly ValidationError[], parent = ''): InvalidParam[] {
  return errors.flatMap((error) => {
    const name = /^\d+$/.test(error.property)
      ? `${parent}[${error.property}]`
      : parent
        ? `${parent}.${error.property}`
        : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([constraint, text]) => ({
      name,
      code: constraint === 'whitelistValidation' ? 'unknownParam' : constraint,
      reason: constraint === 'whitelistValidation' ? 'Dit veld bestaat niet.' : text,
    }));
    return [...own, ...invalidParamsOf(error.children ?? [], name)];
  });
}

/** Validates request bodies: unknown properties are refused, and every wrong field is named. */
export const problemValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Problem('invalid-input', { invalidParams: invalidParamsOf(errors) }),
  });
