import { Catch, HttpException, type ArgumentsHost } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ProblemFilter } from '#libs/problems';
import { BrpProblem, type BrpProblemCode } from './brp-problem.js';
import { API_PATH } from './paths.js';

const CODE_OF_STATUS: Record<number, BrpProblemCode> = {
  400: 'paramsValidation',
  404: 'notFound',
  415: 'unsupportedMediaType',
};

/** Answers errors below the path of the BRP API in that API's own form, and all others like every program here. */
@Catch()
export class BrpProblemFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const problem = problemOf(error);
    if (!problem || !request.path.startsWith(API_PATH)) return super.catch(error, host);
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(problem.getStatus())
      .setHeader('Content-Type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem.document(request.path)));
  }
}

/** Undefined for an error that nobody foresaw: that one is for the log. */
function problemOf(error: unknown): BrpProblem | undefined {
  if (error instanceof BrpProblem) return error;
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { status?: number } | null)?.status;
  const code = CODE_OF_STATUS[status ?? 500];
  return (
    code &&
    new BrpProblem(
      code,
      code === 'paramsValidation' ? { detail: 'De request body is geen JSON object.' } : {},
    )
  );
}
