import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.csv': 'text/csv; charset=utf-8',
  '.woff2': 'font/woff2',
};
const PAGE = '/index.html';
/** Paths that are the program's own; what lies elsewhere is a page of the screens. */
const PROGRAM = /^\/(api|auth|health|metrics)(\/|$)/;

interface Screen {
  type: string;
  plain: Buffer;
  packed: Buffer;
}

/**
 * Serves built screens beside the API: files whose name changes with their content for a year, and the page for every other address
 * that a browser opens. All of it is in memory, so a path can lead nowhere else on the disk.
 * Without the folder there are no screens; the program works all the same.
 * @returns whether there are screens
 */
export function addScreens(app: NestExpressApplication, folder: URL): boolean {
  const screens = read(fileURLToPath(folder));
  const page = screens.get(PAGE);
  if (!page) return false;
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const file = request.path === PAGE ? undefined : screens.get(request.path);
    if (!file && (PROGRAM.test(request.path) || !request.accepts('html'))) return next();
    if (request.path.startsWith('/assets/')) {
      // a page of an earlier version may ask for what is gone
      if (!file) return next();
      response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    }
    send(request, response, file ?? page);
  });
  return true;
}

function send(request: Request, response: Response, { type, plain, packed }: Screen): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Vary', 'Accept-Encoding');
  const gzip = packed.length < plain.length && request.acceptsEncodings('gzip') === 'gzip';
  if (gzip) response.setHeader('Content-Encoding', 'gzip');
  const body = gzip ? packed : plain;
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function read(folder: string): Map<string, Screen> {
  const names = existsSync(path.join(folder, PAGE)) ? readdirSync(folder, { recursive: true }) : [];
  const known = names.map(String).filter((name) => path.extname(name) in TYPES);
  return new Map(
    known.map((name) => {
      const plain = readFileSync(path.join(folder, name));
      const address = `/${name.split(path.sep).join('/')}`;
      return [address, { type: TYPES[path.extname(name)]!, plain, packed: gzipSync(plain) }];
    }),
  );
}
