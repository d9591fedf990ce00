import { empty } from '../../../test/database/empty.js';
import { momentInAmsterdam } from '#libs/calendar';
import { LinkRestarts, type MessageContext } from '#libs/messaging';
import {
  RELAY,
  Signer,
  generateKeys,
  signRegister,
  type KeyPairText,
  type MessageBody,
  type MessageType,
  type RegisteredRegion,
} from '#libs/protocol';
import type { ProfessionalContact } from '../src/directory/index.js';
import { Registers, StoredRegister } from '../src/federation/index.js';
import { WorkRunner } from '../src/scheduled-work/index.js';
import { Signal } from '../src/youths/index.js';
import { RegisterProcess } from './register-process.js';
import { startNode, type TestNode } from './test-node.js';

export const OWN = 'midden-nederland';
export const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
/** The day on which every test begins, at noon. */
export const TODAY = '2026-11-24';

/** Those with what comes of signals; who refers to them goes along. */
const TABLES = `signal, youth, handle, move, archived_signal, sent_letter, received_letter, erasure, match_notice, mail, audit_line,
  scheduled_work, outbox_message, rejected_message, federated_match`;

/**
 * A node with a person register, and with the keys of other regions that its federation's register names: what they send is given to it as
 * if the hub had brought it, and what it has for them stays queued.
 */
export interface FederatedNode<Region extends string> extends TestNode {
  register: RegisterProcess;
  /** Of contact cards, by region. */
  cards: Record<Region | typeof OWN, KeyPairText>;
  /** Forgets all signals and what came of them. */
  startOver(): Promise<void>;
  file(subject: string, youth?: object): Promise<Signal>;
  end(subject: string, signal: Pick<Signal, 'id'>, reason?: string): Promise<void>;
  /** Lets time pass, and has all scheduled work done that is due then. */
  at(day: string, time?: string): Promise<void>;
  /** How others see somebody. */
  contactOf(subject: string): Promise<ProfessionalContact>;
  /** Has messages applied that the relay passed on. */
  receive<T extends MessageType>(
    type: T,
    bodies: readonly MessageBody<T>[],
    apply: (context: MessageContext) => Promise<unknown>,
  ): Promise<void>;
  /** What was received and not accepted, counted by reason. */
  rejected(): Promise<object[]>;
  /** The relay has lost its memory. */
  loseRelay(): Promise<void>;
}

/** Starts a node in a federation of these other regions. */
export async function startFederatedNode<Region extends string>(
  regions: Record<Region | typeof OWN, Partial<Pick<RegisteredRegion, 'municipalities' | 'state'>>>,
  settings: Record<string, string> = {},
): Promise<FederatedNode<Region>> {
  const ids = Object.keys(regions) as (Region | typeof OWN)[];
  const cards = Object.fromEntries(ids.map((id) => [id, generateKeys('x25519')])) as Record<
    Region | typeof OWN,
    KeyPairText
  >;
  const coordinator = generateKeys('ed25519');
  const register = await new RegisterProcess().start();
  const node = await startNode({
    ...{ PERSON_REGISTER_URL: register.url, VERIFICATIONS_PER_MINUTE: '1000000' },
    ...{ COORDINATOR_KEY: coordinator.publicKey, ...settings },
    ...{ CARD_KEY: cards[OWN].privateKey, CARD_PUBLIC_KEY: cards[OWN].publicKey },
  });
  const { app, clock, dataSource } = node;
  const signed = signRegister(new Signer(coordinator), {
    ...{ v: 1, version: 1, issuedAt: '2026-01-01T00:00:00Z', epoch: 1, threshold: 2, keyHolders: [] },
    relay: { signingKey: generateKeys('ed25519').publicKey, certificateSubject: 'CN=relay' },
    regions: ids.map((id) => ({
      ...{ id, name: `Regio ${id}`, municipalities: [], state: 'admitted', dailyQuota: 100 },
      ...{ signingKey: generateKeys('ed25519').publicKey, cardKey: cards[id].publicKey },
      ...{ certificateSubject: `CN=${id}`, ...regions[id] },
    })),
  });
  await dataSource.manager.insert(StoredRegister, { version: 1, ...signed });
  await app.get(Registers, { strict: false }).onModuleInit();

  const look = () => app.get(WorkRunner, { strict: false }).look();
  return {
    ...node,
    register,
    cards,
    async startOver() {
      clock.set(momentInAmsterdam(TODAY, '12:00'));
      await empty(dataSource, TABLES);
      await look();
    },
    async file(subject, youth = SANNE) {
      const request = { youth, informed: 'yes' };
      const filed = await (await node.as(subject)).post('/signals').send(request).expect(201);
      const { id } = filed.body as { id: string };
      return dataSource.manager.findOneByOrFail(Signal, { id });
    },
    async end(subject, { id }, reason = 'risk-gone') {
      await (await node.as(subject)).post(`/signals/${id}/_end`).send({ reason }).expect(204);
    },
    async at(day, time = '12:00') {
      clock.set(momentInAmsterdam(day, time));
      await look();
    },
    async contactOf(subject) {
      const me = await (await node.as(subject)).get('/me').expect(200);
      const { name, function: role, organisation, phone, email } = me.body as Me;
      return { name, function: role, organisation: organisation.name, phone, email };
    },
    receive: (type, bodies, apply) =>
      dataSource.transaction(async (manager) => {
        await apply({
          ...{ manager, peer: RELAY, afterCommit: () => undefined },
          batch: bodies.map((body) => ({ type, body })),
          versions: bodies.map((_body, n) => ({ incarnation: 1, n: n + 1 })),
        } satisfies MessageContext);
      }),
    rejected: () => dataSource.query('select peer, reason, count from rejected_message order by reason'),
    loseRelay: () =>
      dataSource.transaction((manager) => app.get(LinkRestarts, { strict: false }).restarted(manager, RELAY)),
    async stop() {
      await node.stop();
      await register.stop();
    },
  };
}

type Me = Omit<ProfessionalContact, 'organisation'> & { organisation: { name: string } };

/** The one item that there is. */
export function only<T>(items: readonly T[]): T {
  expect(items).toHaveLength(1);
  return items[0]!;
}
