import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { SystemClock } from '#libs/clock';
import { FederationTransport, hubLogin } from '#libs/messaging';
import {
  MESSAGES,
  RELAY,
  SIGNATURE_HEADER,
  streams,
  subjects,
  unseal,
  type MessageType,
} from '#libs/protocol';
import { provideNatsServer } from '../../deploy/local/nats-binary.js';
import { startPostgres } from '../../deploy/local/postgres.js';
import { StateFolder } from '../../deploy/local/state.js';
import { randomHandle, REGION, TestParty, TestStreams } from '../../libs/messaging/src/messaging.fixture.js';
import { TestBroker } from '../broker/test-broker.js';

/*
 * How fast a backlog leaves a region and is applied at the relay, three ways on one broker and one PostgreSQL, both of which write to
 * disk before they say so:
 *  - raw: the broker alone; signed messages from memory, many in flight, acknowledged and thrown away;
 *  - simple: an outbox table, one message after the other, each applied in a transaction of its own, done when the broker has it;
 *  - ours: `libs/messaging` at both ends, done when the relay has confirmed what it committed.
 */

const { values } = parseArgs({ options: { messages: { type: 'string', default: '3000' } } });
const COUNT = Number(values.messages);
const IN_FLIGHT = 200;

const say = (line: string) => process.stdout.write(`${line}\n`);
const state = await StateFolder.open();
const postgres = await startPostgres({ dataDir: `${state.path}/postgres`, record: state.record });
process.env.TEST_DATABASE_URL = postgres.adminUrl;
process.env.NATS_SERVER_BIN = await provideNatsServer({ log: say });
const broker = await TestBroker.start();
const clock = new SystemClock();
const region = await TestParty.create(REGION, clock);
const relay = await TestParty.create(RELAY, clock);
const hub = await TestStreams.open(broker.settings);

type Signed = ReturnType<TestParty['message']>;

const publish = async (connection: NatsConnection, { payload, signature }: Signed): Promise<void> => {
  const head = headers();
  head.set(SIGNATURE_HEADER, signature!);
  await jetstream(connection).publish(subjects.up(REGION, 'tag.delete'), payload, { headers: head });
};
const signedOf = (message: JsMsg): Signed => ({
  payload: message.data,
  signature: message.headers?.get(SIGNATURE_HEADER),
});

/** What arrives at the relay, until all has. */
async function* arriving(connection: NatsConnection): AsyncGenerator<JsMsg> {
  const consumer = await jetstream(connection).consumers.get(streams.up(REGION), streams.relayConsumer);
  let count = 0;
  for await (const message of await consumer.consume({ max_messages: 500 })) {
    yield message;
    if (++count === COUNT) return;
  }
}

const bodies = Array.from({ length: COUNT }, () => ({ handle: randomHandle() }));
const queue = () =>
  region.outbox.enqueueAll(
    region.dataSource.manager,
    bodies.map((body) => ({ peer: RELAY, type: 'tag.delete' as const, body })),
  );

async function raw(connection: NatsConnection): Promise<() => Promise<void>> {
  const sealed = bodies.map((body, at) => region.message('tag.delete', at + 1, body));
  return async () => {
    const sending = (async () => {
      for (let at = 0; at < COUNT; at += IN_FLIGHT)
        await Promise.all(sealed.slice(at, at + IN_FLIGHT).map((message) => publish(connection, message)));
    })();
    for await (const message of arriving(connection)) message.ack();
    await sending;
  };
}

async function simple(connection: NatsConnection): Promise<() => Promise<void>> {
  await queue();
  const send = async () => {
    const rows = await region.dataSource.query<{ id: string; body: object }[]>(
      `select id, body from outbox_message order by id`,
    );
    for (const [at, { id, body }] of rows.entries()) {
      await publish(connection, region.message('tag.delete', at + 1, body));
      await region.dataSource.query(`delete from outbox_message where id = $1`, [id]);
    }
  };
  const expected = { from: REGION, to: RELAY, publicKey: region.keys.publicKey };
  const apply = async () => {
    for await (const message of arriving(connection)) {
      const { payload, signature } = signedOf(message);
      const { incarnation, seq, body } = unseal(payload, signature, expected);
      await relay.dataSource.transaction(async (manager) => {
        const context = {
          manager,
          peer: REGION,
          batch: [],
          versions: [{ incarnation, n: seq }],
          afterCommit: () => {},
        };
        await relay.write('tag.delete')([body], context);
      });
      message.ack();
    }
  };
  return async () => void (await Promise.all([send(), apply()]));
}

async function ours(): Promise<() => Promise<void>> {
  const [region_, relay_] = [end(region, relay), end(relay, region)];
  for (const { transport } of [region_, relay_])
    await new Promise<void>((resolve) => transport.listen(() => resolve()));
  relay_.sender.start();
  // both know one another before the backlog is there, as two ends do that were cut off for a while
  region_.sender.start();
  while (!region_.sender.agreements.has(RELAY)) await sleep(50);
  await queue();
  return async () => {
    region_.sender.wake();
    while ((await region.dataSource.query<object[]>(`select from outbox_message limit 1`)).length > 0)
      await sleep(20);
  };
}

function end(party: TestParty, peer: TestParty) {
  const isRelay = party === relay;
  const connection = party.hub(broker.settings);
  const sender = party.sender(connection);
  const receives = isRelay ? 'region' : 'relay';
  const transport = new FederationTransport(
    party.dataSource,
    connection,
    sender,
    {
      ...{ self: party.name, receives, greets: !isRelay },
      channels: () => [
        isRelay
          ? { peer: REGION, stream: streams.up(REGION), consumer: streams.relayConsumer }
          : { peer: RELAY, stream: streams.down(REGION), consumer: streams.nodeConsumer },
      ],
      publicKeyOf: () => peer.keys.publicKey,
    },
    clock,
    party.log,
  );
  for (const type of Object.keys(MESSAGES) as MessageType[])
    transport.addHandler(type, party.write(type) as never, true);
  stops.push(() => transport.close());
  return { transport, sender };
}
const stops: (() => Promise<void>)[] = [];

/** Does it on empty tables and streams. @returns messages a second */
async function measured(
  prepare: (connection: NatsConnection) => Promise<() => Promise<void>>,
): Promise<number> {
  await hub.make();
  const connection = await connect(hubLogin(broker.settings, 'bench'));
  const work = await prepare(connection);
  const begin = performance.now();
  await work();
  const rate = (COUNT * 1000) / (performance.now() - begin);
  const applied = (await relay.received()).length;
  if (prepare !== raw && applied !== COUNT) throw new Error(`${applied} of ${COUNT} were applied`);
  for (const stop of stops.splice(0)) await stop();
  await Promise.all([region.stop(), relay.stop()]);
  await connection.close();
  await Promise.all([region.clear(), relay.clear()]);
  await hub.remove();
  return rate;
}

try {
  say(`a backlog of ${COUNT} messages from a region to the relay`);
  const ways = { raw, simple, ours };
  const rates: Record<string, number> = {};
  for (const [name, way] of Object.entries(ways)) rates[name] = await measured(way);
  for (const [name, rate] of Object.entries(rates))
    say(
      `${name.padEnd(6)} ${rate.toFixed(0).padStart(6)} a second, ${(rate / rates.raw!).toFixed(2)} of raw, ${(rate / rates.simple!).toFixed(2)} × simple`,
    );
} finally {
  await hub.close();
  await Promise.all([region.drop(), relay.drop()]);
  await broker.drop();
  await postgres.stop();
  await state.close();
}
