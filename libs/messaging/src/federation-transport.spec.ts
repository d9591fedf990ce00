import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { SystemClock } from '#libs/clock';
import { RELAY, streams, type Heartbeat, type MessageType, type TagDelete } from '#libs/protocol';
import { TestBroker } from '../../../test/broker/test-broker.js';
import { FederationTransport, RethrowFilter, type TransportOptions } from './federation-transport.js';
import { type BatchHandler, type BatchResult, type MessageContext, typesFrom } from './inbox.js';
import { REGION, TestParty, TestStreams, pause, randomHandle, until } from './messaging.fixture.js';
import type { OutboxSender } from './outbox-sender.js';

let broker: TestBroker;
let region: TestParty;
let relay: TestParty;
let hub: TestStreams;
let batches: BatchResult['counts'][];
let transports: FederationTransport[];

beforeAll(async () => {
  [broker, region, relay] = await Promise.all([
    TestBroker.start(),
    TestParty.create(REGION, new SystemClock()),
    TestParty.create(RELAY, new SystemClock()),
  ]);
  hub = await TestStreams.open(broker.settings);
});
beforeEach(async () => {
  batches = [];
  transports = [];
  await hub.make();
});
afterEach(async () => {
  for (const transport of transports) await transport.close();
  await Promise.all([region.stop(), relay.stop()]);
  await Promise.all([region.clear(), relay.clear()]);
  await hub.remove();
});
afterAll(async () => {
  await hub.close();
  await Promise.all([region.drop(), relay.drop()]);
  await broker.drop();
});

type Handlers = Partial<Record<MessageType, BatchHandler>>;

function transportOf(
  party: TestParty,
  handlers: Handlers,
  agrees = false,
): { transport: FederationTransport; sender: OutboxSender } {
  const isRelay = party === relay;
  const peer = isRelay ? region : relay;
  const connection = party.hub(broker.settings);
  const sender = agrees ? party.agreeingSender(connection) : party.sender(connection);
  const channel = isRelay
    ? { peer: REGION, stream: streams.up(REGION), consumer: streams.relayConsumer }
    : { peer: RELAY, stream: streams.down(REGION), consumer: streams.nodeConsumer };
  const options: TransportOptions = {
    self: party.name,
    receives: isRelay ? 'region' : 'relay',
    channels: () => [channel],
    publicKeyOf: (name) => (name === peer.name ? peer.keys.publicKey : undefined),
    applied: (_peer, counts) => isRelay && batches.push(counts),
    greets: !isRelay,
    restarted: async (manager) => {
      if (isRelay) return;
      // what a region says again is what it holds, whatever the relay was told before
      const held = ['A', 'B', 'C'].map((letter) => letter.repeat(22));
      await region.outbox.enqueueAll(
        manager,
        held.map((handle) => ({ peer: RELAY, type: 'tag.delete', body: { handle } })),
      );
    },
  };
  const transport = new FederationTransport(
    party.dataSource,
    connection,
    sender,
    options,
    party.clock,
    party.log,
  );
  transports.push(transport);
  for (const [type, handler] of Object.entries(handlers)) transport.addHandler(type, handler as never, true);
  return { transport, sender };
}
/** Starts a region that agreed before with a relay that is away: it sends at once. */
const startAgreed = () => start(region, {}, true);
const writeAll = (party: TestParty): Handlers =>
  Object.fromEntries(
    typesFrom(party === relay ? 'region' : 'relay').map((type) => [type, party.write(type)]),
  );
const listen = (transport: FederationTransport) =>
  new Promise<void>((resolve, reject) =>
    transport.listen((error) => (error instanceof Error ? reject(error) : resolve())),
  );
/** Starts one end: what it receives it writes down, unless a handler says otherwise, and what it queues it sends once both agree. */
async function start(party: TestParty, handlers: Handlers = {}, agrees = false) {
  const end = transportOf(party, { ...writeAll(party), ...handlers }, agrees);
  end.sender.start();
  await listen(end.transport);
  return end;
}
async function queue(count: number): Promise<string[]> {
  const handles = Array.from({ length: count }, randomHandle);
  await region.outbox.enqueueAll(
    region.dataSource.manager,
    handles.map((handle) => ({ peer: RELAY, type: 'tag.delete', body: { handle } })),
  );
  return handles;
}
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const waiting = async () => (await region.rows('outbox_message')).length;
const allConfirmed = async () => (await waiting()) === 0;
const acknowledged = async () =>
  (await region.rows('outbox_message')).every(({ sent_at: sentAt }) => sentAt !== null);
const handlesOf = async () =>
  (await relay.dataSource.query<{ body: TagDelete }[]>('select body from received order by place')).map(
    ({ body }) => body.handle,
  );

describe('the transport', () => {
  it('refuses to listen when nobody handles a type that may arrive, and names it', async () => {
    const { 'tag.put': _put, heartbeat: _heartbeat, ...rest } = writeAll(relay);
    await expect(listen(transportOf(relay, rest).transport)).rejects.toThrow(
      'nobody handles tag.put, heartbeat',
    );
  });

  it('brings hundreds of messages in their order in a few transactions, and empties the outbox by confirmations', async () => {
    const handles = await queue(600);
    await startAgreed();
    await until(acknowledged);
    await start(relay);
    await until(allConfirmed);
    expect(await handlesOf()).toEqual(handles);
    expect(await relay.received()).toEqual(upTo(600));
    const applied = batches.filter((counts) => counts.applied > 0);
    expect(applied.reduce((total, counts) => total + counts.applied, 0)).toBe(600);
    expect(applied.length).toBeLessThanOrEqual(10);
  });

  it('applies all that has come, and waits for nothing more', async () => {
    await queue(400);
    await startAgreed();
    await until(acknowledged);
    // nobody sends any more, neither again nor a greeting
    await region.stop();
    await start(relay);
    const begin = performance.now();
    await until(async () => (await relay.received()).length === 400);
    // long before the broker would deliver again
    expect(performance.now() - begin).toBeLessThan(15_000);
  });

  it('is a strategy for NestJS: methods with @EventPattern get the batch and its context, and an error of theirs undoes it', async () => {
    let refusals = 2;
    const seen: string[] = [];
    @Controller()
    class Consumer {
      @EventPattern('tag.delete')
      async delete(@Payload() bodies: TagDelete[], @Ctx() context: unknown): Promise<void> {
        await relay.write('tag.delete')(bodies, context as MessageContext);
        if (refusals-- > 0) throw new Error('not now');
        (context as MessageContext).afterCommit(() => seen.push(...bodies.map(({ handle }) => handle)));
      }
      @EventPattern(typesFrom('region').filter((type) => type !== 'tag.delete' && type !== 'heartbeat'))
      nothing(@Payload() _bodies: object[]): void {}
      @EventPattern('heartbeat')
      heartbeat(@Payload() bodies: Heartbeat[]): void {
        seen.push(...bodies.map(({ softwareVersion }) => softwareVersion));
      }
    }
    @Module({ controllers: [Consumer] })
    class App {}
    const { transport } = transportOf(relay, {});
    const app = await NestFactory.createMicroservice(App, { strategy: transport, logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
    try {
      const handles = await queue(3);
      await start(region);
      await until(allConfirmed);
      expect(await handlesOf()).toEqual(handles);
      expect(seen).toEqual(handles);
      expect(refusals).toBeLessThan(0);
    } finally {
      await app.close();
    }
  });

  it('applies what comes before a message that fails, holds up what comes after it, and tries again until it succeeds', async () => {
    const [, , bad] = await queue(5);
    let broken = true;
    await startAgreed();
    await until(acknowledged);
    await start(relay, {
      'tag.delete': async (bodies, context) => {
        await relay.write('tag.delete')(bodies, context);
        if (broken && bodies.some((body) => (body as TagDelete).handle === bad)) throw new Error(`no ${bad}`);
      },
    });
    const failed = () => relay.log.lines.filter(({ event }) => event === 'batch-failed').length;
    await until(async () => failed() >= 2);
    expect(await relay.received()).toEqual([1, 2]);
    expect(JSON.stringify(relay.log.lines)).not.toContain(bad);
    expect(await waiting()).toBeGreaterThanOrEqual(3);
    broken = false;
    await until(allConfirmed);
    expect(await relay.received()).toEqual(upTo(5));
  });

  it('loses nothing when the broker loses what it acknowledged: the receiver sees the gap and asks', async () => {
    await queue(1);
    await start(region);
    const { transport } = await start(relay);
    await until(allConfirmed);
    await transport.close();

    const lost = await queue(3);
    await until(acknowledged);
    await broker.wipe();
    await hub.make();
    await start(relay);
    const [last] = await queue(1);
    await until(allConfirmed);
    expect((await handlesOf()).slice(1)).toEqual([...lost, last]);
    expect(batches.some((counts) => counts.outOfOrder > 0)).toBe(true);
  });

  it('has everything said again to a receiver that lost its database', async () => {
    await start(region);
    const { transport } = await start(relay);
    await queue(4);
    await until(allConfirmed);
    await transport.close();
    await relay.clear();
    await start(relay);
    await until(async () => (await relay.received()).length > 0);
    await until(allConfirmed);
    expect(await handlesOf()).toEqual(['A', 'B', 'C'].map((letter) => letter.repeat(22)));
    const [{ out_incarnation: anew }] = await region.dataSource.query<[{ out_incarnation: number }]>(
      'select out_incarnation from link',
    );
    expect(anew).toBeGreaterThan(1);
    expect(await relay.rows('link')).toMatchObject([{ in_incarnation: anew, in_applied: '3' }]);
    expect(await region.rows('link')).toMatchObject([{ restarts: 1 }]);
  });

  it('sends nothing that has a place in the order before both sides agree', async () => {
    await queue(3);
    const { sender } = await start(region);
    await until(async () => (await hub.up(region)).some(({ type }) => type === 'hello'));
    await pause(1_000);
    expect((await hub.up(region)).filter(({ seq }) => seq > 0)).toEqual([]);
    expect(sender.agreements.has(RELAY)).toBe(false);
    await start(relay);
    await until(allConfirmed);
    expect(sender.agreements.has(RELAY)).toBe(true);
  });

  it('finds out at the first word that its own database went back to a backup, and reuses no number', async () => {
    const first = await start(region);
    await start(relay);
    const before = await queue(2);
    await until(allConfirmed);
    await region.dataSource.query(`create table link_before as select * from link`);
    const since = await queue(3);
    await until(allConfirmed);
    await first.transport.close();
    await first.sender.stop();
    await region.dataSource.query(
      `truncate link; insert into link select * from link_before; drop table link_before`,
    );
    const [after] = await queue(1);
    await start(region);
    await until(allConfirmed);
    // the relay lost nothing, and the number that was given out twice did not make it drop the new message
    expect(await handlesOf()).toEqual([...before, ...since, after]);
    expect(await region.rows('link')).toMatchObject([{ restarts: 1, recovery: expect.any(String) }]);
    expect(await relay.rows('link')).toMatchObject([
      { recovery_served: expect.any(String), in_applied: '1' },
    ]);
  });

  it('goes on by itself when the broker crashes in the middle and comes back', async () => {
    await start(region);
    await start(relay);
    const handles = await queue(300);
    await until(async () => (await relay.received()).length > 0);
    await broker.crash();
    handles.push(...(await queue(300)));
    await pause(300);
    await broker.start();
    await until(allConfirmed);
    expect(await handlesOf()).toEqual(handles);
  });

  it('applies once what two senders on the same rows both sent', async () => {
    const handles = await queue(400);
    await start(relay);
    await Promise.all([start(region), start(region)]);
    await until(allConfirmed);
    expect(await handlesOf()).toEqual(handles);
  });

  it('finishes the batch it is in before it has closed; what it did not take comes to the next one, once', async () => {
    const handles = await queue(3);
    await startAgreed();
    await until(acknowledged);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered = false;
    const { transport } = await start(relay, {
      'tag.delete': async (bodies, context) => {
        entered = true;
        await held;
        await relay.write('tag.delete')(bodies, context);
      },
    });
    await until(() => entered);
    let closed = false;
    const closing = transport.close().then(() => (closed = true));
    await pause(200);
    expect(closed).toBe(false);
    release();
    await closing;
    expect((await relay.received()).length).toBeGreaterThan(0);

    handles.push(...(await queue(2)));
    await until(acknowledged);
    await pause(200);
    expect((await relay.received()).length).toBeLessThanOrEqual(3);
    await start(relay);
    await until(allConfirmed);
    expect(await handlesOf()).toEqual(handles);
  });

  it('closes within two seconds when its channel has been away for long', async () => {
    const { transport } = await start(relay);
    await hub.remove();
    const waits = () => relay.log.lines.filter(({ event }) => event === 'channel-waits').length;
    await until(() => waits() >= 5);
    const began = performance.now();
    await transport.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    await hub.make();
  });

  it('tells how long nothing has been waiting: not while messages wait, nor while the hub is away', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await start(region);
    const { transport } = await start(relay, {
      'tag.delete': async (bodies, context) => {
        await held;
        await relay.write('tag.delete')(bodies, context);
      },
    });
    await until(() => transport.drainedFor(REGION) > 0);
    await queue(1);
    await until(() => transport.drainedFor(REGION) === 0);
    release();
    await until(allConfirmed);
    await until(() => transport.drainedFor(REGION) > 0);
    await broker.crash();
    await until(() => transport.drainedFor(REGION) === 0);
    await broker.start();
  });
});
