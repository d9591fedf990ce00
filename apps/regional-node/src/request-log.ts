import { performance } from 'node:perf_hooks';
import type { ProgramLogger } from '#libs/observability';
import type { NextFunction, Request, Response } from 'express';

/** Writes one line for every request: method, pattern of the route, status, milliseconds. No address, no parameter. */
export const requestLog =
  (logger: ProgramLogger) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    response.on('finish', () => {
      const { route } = request as { route?: { path?: string } };
      logger.event('request', {
        method: request.method,
        route: route?.path ?? 'none',
        status: response.statusCode,
        ms: Math.round(performance.now() - start),
      });
    });
    next();
  };
