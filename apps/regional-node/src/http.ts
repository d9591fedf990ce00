import type { NestExpressApplication } from '@nestjs/platform-express';
import { addHttp, addScreens } from '#libs/http';
import type { ProgramLogger } from '#libs/observability';
import { addCsvUpload } from './professionals/index.js';
import { requestLog } from './request-log.js';

/** Gives a node its HTTP side, with a log of its requests. */
export function addNodeHttp(app: NestExpressApplication, logger: ProgramLogger): void {
  app.use(requestLog(logger));
  addCsvUpload(app);
  addHttp(app, {
    title: 'Verwijsindex',
    description: "A region's own index.",
    // a covenant with all organisations of a large region
    bodyLimit: '1mb',
  });
  // where the build puts apps/portal, beside this program
  if (!addScreens(app, new URL('../../portal/', import.meta.url))) logger.warning('screens-missing');
}
