import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { describeProblems, SESSION } from './describe-problems.js';

/** Version of the API under `/api/v1`, in the header `API-Version` of every answer (API Design Rules /core/version-header). */
const API_VERSION = '1.0.0';

/** The largest body of a request, but for the routes that a program names: ten times what any of the others needs. */
const BODY_LIMIT = '100kb';

/** What tells one program's API from another's. */
export interface HttpOptions {
  title: string;
  description: string;
  /** Name of the cookie with the session; over https it begins with `__Host-`. */
  cookieName: string;
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; by default none. */
  trustedProxies?: string[];
  /** Routes that take more than {@link BODY_LIMIT}, and how much, as in `1mb`. */
  large?: { routes: readonly string[]; limit: string };
}

/** What a page of this program may load and ask: files and answers of this very site, and nothing written inside the page. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    // the arrows and ticks in the style sheet of the components are data
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Gives a program its HTTP side: paths, headers, limits and the OpenAPI document. */
export function addHttp(
  app: NestExpressApplication,
  { title, description, cookieName, large, trustedProxies = [] }: HttpOptions,
): void {
  app.set('trust proxy', trustedProxies);
  app.use(helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY, frameguard: { action: 'deny' } }));
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('API-Version', API_VERSION);
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  if (large)
    app.useBodyParser('json', {
      type: (request) => isLargeJson(request as Request, large.routes),
      limit: large.limit,
    });
  app.useBodyParser('json', { limit: BODY_LIMIT });
  // the identity provider sends its logout token as a form; the login refuses forms on every other route
  app.useBodyParser('urlencoded', { extended: false, limit: '20kb', parameterLimit: 10 });
  app.setGlobalPrefix('api/v1', { exclude: ['health/{*path}', 'metrics', 'auth/{*path}'] });
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle(title)
      .setDescription(`${description} Errors are application/problem+json (RFC 9457).`)
      .setVersion(API_VERSION)
      .addCookieAuth(cookieName, { type: 'apiKey', in: 'cookie' }, SESSION)
      .build(),
  );
  describeProblems(document);
  SwaggerModule.setup('api/v1', app, document, {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'api/v1/openapi.json',
  });
}

const isLargeJson = (request: Request, routes: readonly string[]): boolean =>
  routes.includes(request.originalUrl.split('?')[0]!) && request.is('application/json') !== false;
