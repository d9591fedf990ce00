import type { NestExpressApplication } from '@nestjs/platform-express';
import { addHttp, addScreens, addSecurityText } from '#libs/http';
import type { ProgramLogger } from '#libs/observability';
import { RegionalNodeConfig } from './config.js';
import { addCsvUpload } from './professionals/index.js';
import { requestLog } from './request-log.js';

/** A covenant with all organisations of a large region, a file with all people of a large organisation, all municipalities there ever were. */
const LARGE = [
  'covenant/_check',
  'covenant/_preview',
  'covenant/versions',
  'professionals/_import',
  'municipalities/table',
].map((route) => `/api/v1/${route}`);

/** Gives a node its HTTP side, with a log of its requests. */
export function addNodeHttp(app: NestExpressApplication, logger: ProgramLogger): void {
  const { region, publicUrl, securityContact, trustedProxies } = app.get(RegionalNodeConfig);
  app.use(requestLog(logger));
  addCsvUpload(app);
  addHttp(app, {
    title: 'Verwijsindex',
    description: "A region's own index.",
    cookieName: `vi-${region}`,
    trustedProxies,
    large: { routes: LARGE, limit: '1mb' },
  });
  addSecurityText(app, publicUrl, securityContact);
  // where the build puts apps/portal, beside this program
  if (!addScreens(app, new URL('../../portal/', import.meta.url))) logger.warning('screens-missing');
}
