import type { ProgramLogger } from '#libs/observability';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { requestLog } from './request-log.js';

/** Version of the API under `/api/v1`, in the header `API-Version` of every answer (API Design Rules /core/version-header). */
export const API_VERSION = '1.0.0';

/** Gives the app its HTTP side: paths, headers, limits, request log and the OpenAPI document. */
export function addHttp(app: NestExpressApplication, logger: ProgramLogger): void {
  app.use(requestLog(logger));
  app.use(helmet());
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('API-Version', API_VERSION);
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  // a covenant with all organisations of a large region
  app.useBodyParser('json', { limit: '1mb' });
  app.setGlobalPrefix('api/v1', { exclude: ['health/{*path}', 'metrics', 'auth/{*path}'] });
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Verwijsindex')
      .setDescription("A region's own index. Errors are application/problem+json (RFC 9457).")
      .setVersion(API_VERSION)
      .build(),
  );
  SwaggerModule.setup('api/v1', app, document, {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'api/v1/openapi.json',
  });
}
