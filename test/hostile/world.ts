import { jest } from '@jest/globals';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { ConnectionOptions } from '@nats-io/transport-node';
import { Pool } from 'pg';
import { hubLogin } from '#libs/messaging';
import { Signer, streams, type RegionRegister } from '#libs/protocol';
import { newHandle, TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import { hubSettings } from '../../deploy/local/certificates.js';
import { partyFiles } from '../../deploy/local/environments.js';
import { NATIONAL_COORDINATOR } from '../../deploy/local/demo.js';
import { Federation } from '../../deploy/local/federation.js';
import { currentRegister } from '../../deploy/local/plan.js';
import type { LogEntry } from '../../deploy/local/processes.js';
import type { Visitor } from '../federation/http/visitor.js';
import { Stage } from '../federation/stage.js';
import { unrelatedYouths, type KnownYouth } from '../federation/youths.js';
import { Client } from './client.js';
import { ATTACKER, RELAY_ITSELF, VICTIMS } from './names.js';

/** What the coordinator grants the attacker for a day, so that it is used up soon. */
export const SMALL_QUOTA = 120;

/** What the coordinator sees of a region. */
export interface SeenRegion {
  id: string;
  rejected: { reason: string; count: number }[];
}

const MINUTES = 60_000;

/** Has all tests of a file attack one federation. */
export function inOneWorld(): () => World {
  // several programs on few cores
  jest.setTimeout(2 * MINUTES);
  let world: World | undefined;
  beforeAll(async () => {
    world = await World.start();
  }, 5 * MINUTES);
  afterAll(() => world?.stop(), MINUTES);
  return () => world!;
}

/** A running federation, one region of which has turned against the others: its own node is gone, its credentials are ours. */
export class World {
  /** People at the other regions' programs, and the coordinator. */
  readonly stage: Stage;
  private incarnation = 100_000_000;
  private readonly youths = unrelatedYouths();
  private readonly pools = new Map<string, Pool>();
  private readonly clients = new Map<string, Promise<Client>>();

  /** What the relay must have refused by the end, in whose name and why: `region reason`. */
  readonly counted = new Map<string, number>();

  private constructor(
    readonly federation: Federation,
    private readonly logs: { program: string; entry: LogEntry }[],
  ) {
    const { relay, brp, idp, mails } = federation;
    this.stage = new Stage({
      ...{ relay, brp, idp, mails },
      regions: federation.regions.filter(({ id }) => VICTIMS.includes(id)),
      part: (name) => federation.part(name),
      stopPart: (name) => federation.stopPart(name),
      startPart: (name) => federation.startPart(name),
      restartWith: (name, settings) => federation.restartWith(name, settings),
      clockNow: () => federation.clockNow(),
      advanceTime: (milliseconds) => federation.advanceTime(milliseconds),
    });
  }

  static async start(): Promise<World> {
    const logs: { program: string; entry: LogEntry }[] = [];
    const federation = await Federation.start({ onLog: (program, entry) => logs.push({ program, entry }) });
    await federation.stopPart(ATTACKER);
    // key holders look for a newer register twice a minute; by the time that this one matters they have it
    await federation.changeRegister(({ regions }) => ({
      regions: regions.map((region) =>
        region.id === ATTACKER ? { ...region, dailyQuota: SMALL_QUOTA } : region,
      ),
    }));
    return new World(federation, logs);
  }

  /** The one place that knows how a party joins the hub: with its own certificate, or with another's. */
  login(party: string, certificateOf = party): ConnectionOptions {
    const { planFolder, nats } = this.federation;
    return {
      ...hubLogin(hubSettings(nats.url, partyFiles(planFolder, certificateOf)), party),
      reconnect: false,
      timeout: 20_000,
    };
  }

  /** A raw client with a party's own credentials, beside its program. */
  client(party: string): Promise<Client> {
    let client = this.clients.get(party);
    if (!client) this.clients.set(party, (client = Client.connect(this.login(party))));
    return client;
  }

  /** A raw client of one's own, for who breaks connections. */
  anotherClient(party: string): Promise<Client> {
    return Client.connect(this.login(party));
  }

  /** JetStream as the relay manages it. */
  async manager(): Promise<JetStreamManager> {
    return jetstreamManager((await this.client(RELAY_ITSELF)).connection);
  }
  /** JetStream as a region reaches it. */
  async streamsOf(region: string) {
    return jetstream((await this.client(region)).connection, { apiPrefix: streams.regionApiPrefix });
  }

  /** The register in force. */
  registerInForce(): RegionRegister {
    return currentRegister(this.federation.planFolder, this.federation.plan);
  }
  /** Keys of a region, as only this demonstration has them all in one place. */
  secretsOf(region: string) {
    return this.federation.plan.regions.find(({ id }) => id === region)!;
  }
  signerOf(region: string): Signer {
    return new Signer(this.secretsOf(region).signing);
  }

  /** Takes what waits for a region whose node is away. */
  async drainInbox(region: string): Promise<void> {
    const consumer = await (
      await this.streamsOf(region)
    ).consumers.get(streams.down(region), streams.nodeConsumer);
    for (let left = true; left;) {
      const batch = await consumer.fetch({ max_messages: 100, expires: 1_000 });
      left = false;
      for await (const message of batch) {
        left = true;
        message.ack();
      }
    }
  }

  /** The attacker as it speaks to the relay, in its own order. */
  async attackingRegion(): Promise<TestRegion> {
    const region = await this.attackingConnection();
    // later than all that its own node has said
    region.incarnation = this.incarnation += 1_000;
    // it knows nothing of what its own node has heard
    const recovery = (region.recovery = newHandle());
    await region.listen();
    await until(() => region.bodies('recall').some((recall) => recall.recovery === recovery && recall.last));
    region.recovery = undefined;
    // in this incarnation it has nothing yet, and forgets nothing that it was to say again
    await region.send('tags.complete', { tags: 0 });
    return region;
  }
  /** The same without listening. */
  attackingConnection(): Promise<TestRegion> {
    return TestRegion.connect({
      id: ATTACKER,
      login: this.login(ATTACKER),
      signer: this.signerOf(ATTACKER),
      relayKey: this.federation.plan.relay.signing.publicKey,
    });
  }

  /** Rows of the database of a party. */
  async rows<Row extends object>(party: string, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    let pool = this.pools.get(party);
    if (!pool) {
      pool = new Pool({ connectionString: this.federation.postgres.urlOf(party), max: 2 });
      this.pools.set(party, pool);
    }
    return (await pool.query<Row>(sql, parameters)).rows;
  }
  async count(party: string, what: string, parameters: unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ count: number }>(
      party,
      `select count(*)::int as count from ${what}`,
      parameters,
    );
    return row!.count;
  }

  /** A youth on whom nobody has a signal, no relative of another one. */
  nextYouth(): KnownYouth {
    const youth = this.youths.shift();
    if (!youth) throw new Error('there are no more youths');
    return youth;
  }

  /** The national coordinator, at the relay. */
  get coordinator(): Visitor {
    return this.stage.visitor(NATIONAL_COORDINATOR.subject);
  }

  /** Notes that the relay has to refuse something, and to count it. */
  willBeCounted(region: string, reason: string, times = 1): void {
    const key = `${region} ${reason}`;
    this.counted.set(key, (this.counted.get(key) ?? 0) + times);
  }
  /** How many messages of a region the hub has accepted so far. */
  async acceptedOf(region: string): Promise<number> {
    return (await (await this.manager()).streams.info(streams.up(region))).state.last_seq;
  }

  /** How many messages for a region the hub has accepted so far. */
  async acceptedForRegion(region: string): Promise<number> {
    return (await (await this.manager()).streams.info(streams.down(region))).state.last_seq;
  }

  /** How many messages of a region the relay did not accept, by reason, as the coordinator sees it. */
  async rejectedOf(region: string): Promise<Record<string, number>> {
    const { rejected } = await this.coordinator.read<SeenRegion>(`regions/${region}`);
    return Object.fromEntries(rejected.map(({ reason, count }) => [reason, count]));
  }
  /** What alarms the coordinator: `kind party`. */
  async alarms(): Promise<string[]> {
    const { alarms } = await this.coordinator.read<{ alarms: { kind: string; party: string }[] }>('alarms');
    return alarms.map(({ kind, party }) => `${kind} ${party}`);
  }

  /** What a program logged under a name, from a line on (`loggedSoFar`). */
  logged(program: string, event: string, from = 0): LogEntry[] {
    return this.logs
      .slice(from)
      .flatMap((line) => (line.program === program && line.entry.event === event ? [line.entry] : []));
  }
  /** How many lines all programs have logged so far. */
  get loggedSoFar(): number {
    return this.logs.length;
  }

  /** Where a party stands in the conversation with a peer. */
  async link(party: string, peer: string): Promise<Record<string, unknown>> {
    const [row] = await this.rows<Record<string, unknown>>(party, `select * from link where peer = $1`, [
      peer,
    ]);
    return row!;
  }

  async stop(): Promise<void> {
    for (const client of this.clients.values())
      await client.then(({ connection }) => connection.close()).catch(() => undefined);
    for (const pool of this.pools.values()) await pool.end();
    await this.federation.stop();
  }
}
