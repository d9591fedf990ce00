import type { NestExpressApplication } from '@nestjs/platform-express';
import { DAY, SystemClock } from '#libs/clock';
import type { NextFunction, Request, Response } from 'express';

const PATH = '/.well-known/security.txt';
/** RFC 9116 §2.5.5 recommends less than a year. */
const VALID_FOR = 180 * DAY;

/**
 * Tells at `/.well-known/security.txt` (RFC 9116) where a vulnerability is reported.
 * @param contact an address (`mailto:`, `https:`); by default the mailbox `security@` of the host (RFC 2142)
 */
export function addSecurityText(app: NestExpressApplication, publicUrl: string, contact?: string): void {
  const { origin, hostname } = new URL(publicUrl);
  app.use(PATH, (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const expires = new Date(new SystemClock().now().getTime() + VALID_FOR);
    const fields = [
      `Contact: ${contact ?? `mailto:security@${hostname}`}`,
      `Expires: ${expires.toISOString()}`,
      'Preferred-Languages: nl, en',
      `Canonical: ${origin}${PATH}`,
    ];
    response.type('text/plain; charset=utf-8').send(`${fields.join('\n')}\n`);
  });
}
