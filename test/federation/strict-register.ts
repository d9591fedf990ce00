import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { partyFiles, PARTS, type Environment } from '../../deploy/local/environments.js';
import type { FederationOptions } from '../../deploy/local/federation.js';
import { freePort } from '../../deploy/local/ports.js';

const HEADERS = {
  'X-DOELBINDING': 'Jeugdwet 7.1',
  'X-VERWERKING': 'Verwijsindex',
  'X-GEBRUIKER': '{user}',
};
const CLIENT = 'verwijsindex';

/**
 * Settings of a federation whose person register is reached as in earnest: it asks for a client certificate, an access token and the headers of
 * a gateway. Regions show it the certificate by which the hub knows them; it shows them the hub's.
 */
export function strictRegister(): NonNullable<FederationOptions['settings']> {
  const port = freePort();
  const secret = randomBytes(24).toString('base64url');
  return async (program: string, usual: Environment): Promise<Environment> => {
    const folder = path.dirname(usual.CLOCK_OFFSET_FILE ?? '');
    if (program === PARTS.personRegister) {
      const { caFile, certFile, keyFile } = partyFiles(folder, PARTS.hub);
      return {
        ...usual,
        ...{ TLS_PORT: String(await port), TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile },
        CLIENT_CA_FILE: caFile,
        ...{ TOKEN_CLIENT_ID: CLIENT, TOKEN_CLIENT_SECRET: secret },
        REQUIRED_HEADERS: Object.keys(HEADERS).join(','),
      };
    }
    if (usual.PERSON_REGISTER_URL === undefined) return usual;
    const { caFile, certFile, keyFile } = partyFiles(folder, program);
    const { hostname, pathname } = new URL(usual.PERSON_REGISTER_URL);
    const register = `https://${hostname}:${await port}`;
    return {
      ...usual,
      PERSON_REGISTER_URL: `${register}${pathname}`,
      PERSON_REGISTER_CA_FILE: caFile,
      ...{ PERSON_REGISTER_CERT_FILE: certFile, PERSON_REGISTER_KEY_FILE: keyFile },
      PERSON_REGISTER_TOKEN_URL: `${register}/oauth/token`,
      ...{ PERSON_REGISTER_CLIENT_ID: CLIENT, PERSON_REGISTER_CLIENT_SECRET: secret },
      PERSON_REGISTER_HEADERS: JSON.stringify(HEADERS),
    };
  };
}
