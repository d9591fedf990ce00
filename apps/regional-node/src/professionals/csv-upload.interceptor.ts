import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { invalidField } from '#libs/problems';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { textOf } from './spreadsheet-text.js';

/** Media type of an uploaded file of people. */
export const CSV = 'text/csv';
/** Two thousand people in long lines. */
const LIMIT = '800kb';
const ROUTE = '/api/v1/professionals/_import';

/** Has the bytes of a file of people read, and no other body of this type. */
export const addCsvUpload = (app: NestExpressApplication): void =>
  void app.useBodyParser('raw', {
    type: (request) => {
      const { originalUrl } = request as Request;
      return originalUrl.split('?')[0] === ROUTE && (request as Request).is(CSV) !== false;
    },
    limit: LIMIT,
  });

/** Turns an uploaded file into the request that its text in JSON would be. `dryRun` stands in the query then. */
@Injectable()
export class CsvUpload implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.headers['content-type']?.startsWith(CSV)) {
      const { dryRun = 'false' } = request.query;
      if (dryRun !== 'true' && dryRun !== 'false')
        throw invalidField('dryRun', 'isBoolean', 'Vul true of false in.');
      // an empty file is no body
      const csv = Buffer.isBuffer(request.body) ? textOf(request.body) : '';
      request.body = { csv, dryRun: dryRun === 'true' };
    }
    return next.handle();
  }
}
