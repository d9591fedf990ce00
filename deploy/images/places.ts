import { type Door, type Place } from '../local/environments.js';
import { type FederationPlan } from '../local/plan.js';
import { rolePassword } from '../local/postgres.js';

/** Ports on the host's loopback, the same inside: what people reach, and the provider where they log in. */
export const PUBLISHED = {
  regions: 4100,
  relay: 4110,
  identityProvider: 4111,
  mailPage: 4112,
  personRegister: 4113,
} as const;

/** The port of programs that only their network reaches. */
const INNER_PORT = 8080;

/** Where everything is in `docker-compose.federation.yml`; `folder` is mounted at the same path in all containers. */
export function containerPlace(plan: FederationPlan, folder: string, databasePassword: string): Place {
  return {
    folder,
    hub: door('hub', 4222, 'tls'),
    hubMonitor: door('hub', 8222),
    hubStore: '/data',
    relay: published(PUBLISHED.relay),
    regions: Object.fromEntries(
      plan.regions.map(({ id }, place) => [id, published(PUBLISHED.regions + place)]),
    ),
    keyHolders: Object.fromEntries(
      plan.keyHolders.map(({ id }, place) => [id, door(`key-holder-${place + 1}`, INNER_PORT)]),
    ),
    personRegister: door('person-register', PUBLISHED.personRegister),
    identityProvider: published(PUBLISHED.identityProvider),
    smtpUrl: 'smtp://mail-server:1025',
    probeSeconds: 300,
    undoSeconds: 10,
    mailCollectSeconds: 10,
    databaseUrl: (party) =>
      `postgres://${party}:${rolePassword(databasePassword, party)}@database:5432/${party}`,
  };
}

/** A program in the network, listening on all its addresses. */
const door = (host: string, port: number, scheme = 'http'): Door => ({
  host: '0.0.0.0',
  port,
  url: `${scheme}://${host}:${port}`,
});

/** A program that people reach: by the same address on the host and in the containers, see the README. */
const published = (port: number): Door => door('127.0.0.1', port);
