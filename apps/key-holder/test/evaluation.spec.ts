import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import { register as metrics } from 'prom-client';
import { DataSource } from 'typeorm';
import { addDays, dayInAmsterdam, momentInAmsterdam } from '#libs/calendar';
import { DAY, MINUTE } from '#libs/clock';
import { isSignedBy, KeyHolderUsage, parse, SIGNATURE_HEADER, subjects } from '#libs/protocol';
import { SodiumOprf } from '#libs/pseudonyms';
import { Ledger } from '../src/evaluation/ledger.js';
import { Registers } from '../src/register/index.js';
import { DAILY_QUOTA, Federation, until, type RunningHolder } from './federation.js';

describe('evaluation by a key holder', () => {
  let federation: Federation;
  let noord: NatsConnection;
  let holder: RunningHolder;
  let suite: SodiumOprf;

  beforeAll(async () => {
    federation = await Federation.start();
    noord = await federation.connectAs('noord');
    suite = await SodiumOprf.load();
    [holder] = (await federation.startHolders()) as [RunningHolder, ...RunningHolder[]];
    await federation.manifests(noord);
  });
  afterAll(() => federation?.stop());
  beforeEach(() => federation.clock.advance(DAY));

  const elements = (count: number): Uint8Array[] =>
    Array.from({ length: count }, () => suite.blind(Buffer.from(randomUUID())).element);
  const requestOf = (count: number, change = {}) =>
    federation.request('noord', 'holder-1', elements(count), change);
  const ask = (payload: Uint8Array) => federation.ask(noord, 'noord', 'holder-1', payload);
  /** What the ledger has for a region today. */
  const counted = async (region = 'noord'): Promise<number> => {
    const [row] = await holder.app
      .get(DataSource)
      .query<{ elements: number }[]>('select elements from evaluation_day where region = $1 and day = $2', [
        region,
        dayInAmsterdam(federation.clock.now()),
      ]);
    return row?.elements ?? 0;
  };
  const refusedFor = async (reason: string): Promise<number> => {
    const { values } = (await metrics.getSingleMetric('evaluations_refused_total')!.get()) as {
      values: { value: number; labels: { reason?: string } }[];
    };
    return values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
  };
  const expectRefusal = async (ask: () => Promise<object>, reason: string): Promise<void> => {
    const before = { counted: await counted(), refused: await refusedFor(reason) };
    expect(await ask()).toEqual({ v: 1, refused: reason });
    expect(await counted()).toBe(before.counted);
    expect(await refusedFor(reason)).toBe(before.refused + 1);
  };

  describe('counts', () => {
    it('the elements of a region, and says what is left today', async () => {
      expect(await ask(requestOf(3))).toMatchObject({ v: 1, quotaLeft: DAILY_QUOTA - 3 });
      expect(await ask(requestOf(32))).toMatchObject({ quotaLeft: DAILY_QUOTA - 35 });
      expect(await counted()).toBe(35);
    });
    it('no further than the quota, and lets the rest be used', async () => {
      await ask(requestOf(30));
      await expectRefusal(() => ask(requestOf(11)), 'quota-exceeded');
      expect(await ask(requestOf(10))).toMatchObject({ quotaLeft: 0 });
      await expectRefusal(() => ask(requestOf(1)), 'quota-exceeded');
    });
    it('a repeat once, also when nothing is left', async () => {
      const request = requestOf(32);
      await ask(request);
      expect(await ask(request)).toMatchObject({ quotaLeft: DAILY_QUOTA - 32 });
      await ask(requestOf(8));
      expect(await ask(request)).toMatchObject({ quotaLeft: 0 });
      expect(await counted()).toBe(DAILY_QUOTA);
    });
    it('a repeat ten times, and refuses it then: it is no retry any more', async () => {
      const request = requestOf(1);
      for (let times = 0; times <= 10; times++)
        expect(await ask(request)).toMatchObject({ v: 1, quotaLeft: DAILY_QUOTA - 1 });
      await expectRefusal(() => ask(request), 'request-reused');
      expect(await counted()).toBe(1);
    });
    it('one of two requests that reach the edge at the same moment', async () => {
      await ask(requestOf(30));
      const answers = await Promise.all([ask(requestOf(8)), ask(requestOf(8))]);
      expect(answers.filter(({ refused }) => refused === 'quota-exceeded')).toHaveLength(1);
      expect(await counted()).toBe(38);
    });
    it('a request that is sent twice at the same moment once', async () => {
      const request = requestOf(5);
      const answers = await Promise.all([ask(request), ask(request), ask(request)]);
      expect(answers.every(({ evaluated }) => Array.isArray(evaluated))).toBe(true);
      expect(await counted()).toBe(5);
    });
    it('for all instances of the holder together, and after a restart', async () => {
      const second = await federation.startHolder('holder-1');
      await until(async () => (await fetch(`${second.url}/health/ready`)).ok);
      const answers = await Promise.all(Array.from({ length: DAILY_QUOTA + 10 }, () => ask(requestOf(1))));
      expect(answers.filter(({ refused }) => refused === 'quota-exceeded')).toHaveLength(10);
      expect(await counted()).toBe(DAILY_QUOTA);
      for (const instance of [holder, second])
        expect(instance.lines.filter(({ event }) => event === 'evaluated').length).toBeGreaterThan(0);
      await holder.close();
      await second.close();
      holder = await federation.startHolder('holder-1');
      await until(async () => (await fetch(`${holder.url}/health/ready`)).ok);
      await expectRefusal(() => ask(requestOf(1)), 'quota-exceeded');
    });
    it('by the day in Amsterdam', async () => {
      const tomorrow = addDays(dayInAmsterdam(federation.clock.now()), 1);
      federation.clock.set(momentInAmsterdam(tomorrow, '23:59'));
      await ask(requestOf(32));
      await expectRefusal(() => ask(requestOf(9)), 'quota-exceeded');
      federation.clock.advance(MINUTE);
      expect(await ask(requestOf(9))).toMatchObject({ quotaLeft: DAILY_QUOTA - 9 });
    });
    it('and tells the relay of each region what it had evaluated today, signed', async () => {
      await ask(requestOf(3));
      const relay = await federation.connectAs('relay');
      const told = async () => {
        const { data, headers } = await relay.request(subjects.usage('holder-1'), '', { timeout: 20_000 });
        const { publicKey } = federation.keysOf('holder-1');
        expect(isSignedBy(publicKey, 'usage', data, headers!.get(SIGNATURE_HEADER))).toBe(true);
        return parse(KeyHolderUsage, data);
      };
      expect(await told()).toEqual({
        v: 1,
        keyHolder: 'holder-1',
        asOf: federation.clock.now().toISOString(),
        regions: [{ region: 'noord', elements: 3 }],
      });
      federation.clock.advance(DAY);
      expect((await told()).regions).toEqual([]);
      await expect(noord.request(subjects.usage('holder-1'), '', { timeout: 2_000 })).rejects.toThrow(
        /Permissions Violation/,
      );
    });
    it('a repeat for eight days, after which the request is forgotten', async () => {
      const request = requestOf(1);
      const remembered = () =>
        holder.app
          .get(DataSource)
          .query<object[]>('select day from evaluation_request where request_id = $1', [
            (JSON.parse(request.toString()) as { requestId: string }).requestId,
          ]);
      await ask(request);
      federation.clock.advance(8 * DAY);
      await holder.app.get(Ledger).forgetOldRequests();
      expect(await remembered()).toHaveLength(1);
      federation.clock.advance(DAY);
      await holder.app.get(Ledger).forgetOldRequests();
      expect(await remembered()).toEqual([]);
    });
  });

  describe('refuses, and counts as refused,', () => {
    it('what is not a request', () => expectRefusal(() => ask(Buffer.from('{')), 'malformed'));
    it('more than 32 elements', () => expectRefusal(() => ask(requestOf(33)), 'malformed'));
    it('no elements', () => expectRefusal(() => ask(requestOf(0)), 'malformed'));
    it('the identity element', () =>
      expectRefusal(
        () => ask(federation.request('noord', 'holder-1', [...elements(2), Buffer.alloc(32)])),
        'malformed',
      ));
    it('32 bytes that are no element', () =>
      expectRefusal(
        () => ask(federation.request('noord', 'holder-1', [Buffer.alloc(32, 0xff)])),
        'malformed',
      ));
    it('a request to another key holder', () =>
      expectRefusal(() => ask(federation.request('noord', 'holder-2', elements(1))), 'malformed'));
    it('a region that speaks for another, whoever signed', async () => {
      const payload = federation.request('zuid', 'holder-1', elements(1));
      for (const signer of ['zuid', 'noord'] as const)
        await expectRefusal(
          () => federation.ask(noord, 'noord', 'holder-1', payload, federation.signerOf(signer)),
          'malformed',
        );
      expect(await counted('zuid')).toBe(0);
    });
    it('a signature by another region, for another purpose or over other bytes', async () => {
      const payload = requestOf(1);
      const other = federation.signerOf('zuid');
      await expectRefusal(
        () => federation.ask(noord, 'noord', 'holder-1', payload, other),
        'wrong-signature',
      );
      const signer = federation.signerOf('noord');
      const signing = (sign: (bytes: Uint8Array) => string) =>
        federation.ask(noord, 'noord', 'holder-1', payload, {
          sign: (_: unknown, b: Uint8Array) => sign(b),
        } as never);
      await expectRefusal(() => signing((bytes) => signer.sign('message', bytes)), 'wrong-signature');
      await expectRefusal(() => signing(() => signer.sign('evaluation', requestOf(1))), 'wrong-signature');
    });
    it('a request without a signature', async () => {
      const answer = () =>
        noord
          .request(subjects.evaluate('holder-1', 'noord'), requestOf(1), { timeout: 20_000 })
          .then((reply) => reply.json<object>());
      await expectRefusal(answer, 'wrong-signature');
    });
    it('another epoch', () => expectRefusal(() => ask(requestOf(1, { epoch: 2 })), 'wrong-epoch'));
    it('a request id that was used for something else', async () => {
      const requestId = randomUUID();
      await ask(requestOf(2, { requestId }));
      await expectRefusal(() => ask(requestOf(2, { requestId })), 'request-reused');
    });
  });

  it('lets a suspended or unknown region have nothing, and one that was admitted since at once', async () => {
    const region = await federation.connectAs('geschorst');
    const { regions } = federation.register;
    const attempt = () =>
      federation.ask(
        region,
        'geschorst',
        'holder-1',
        federation.request('geschorst', 'holder-1', elements(1)),
      );
    const reach = (version: number) =>
      until(async () => {
        await holder.app.get(Registers).refresh();
        return holder.app.get(Registers).current!.version === version;
      });
    for (const changed of [
      regions.map((one) => (one.id === 'geschorst' ? { ...one, state: 'suspended' as const } : one)),
      regions.filter(({ id }) => id !== 'geschorst'),
    ]) {
      federation.publish({ regions: changed });
      await reach(federation.register.version);
      await expectRefusal(attempt, 'not-admitted');
    }
    // a register is fetched at most once in a second
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    federation.publish({ regions });
    expect(await attempt()).toMatchObject({ quotaLeft: DAILY_QUOTA - 1 });
  });

  it('accepts no register that is older or that the coordinator did not sign, also after a restart', async () => {
    const { served } = federation;
    const registers = () => holder.app.get(Registers);
    const version = registers().current!.version;
    try {
      const older = JSON.stringify({ ...federation.register, version: version - 1, epoch: 9 });
      const forged = JSON.stringify({ ...federation.register, version: version + 1, epoch: 9 });
      federation.served = federation.signedByCoordinator(older);
      await until(() =>
        registers()
          .refresh()
          .then(() => holder.lines.some(({ event }) => event === 'register-too-old')),
      );
      federation.served = { document: forged, signature: served.signature };
      await until(() =>
        registers()
          .refresh()
          .then(() => holder.lines.some(({ event }) => event === 'register-refused')),
      );
      expect(registers().current).toMatchObject({ version, epoch: 1 });

      await holder.close();
      federation.served = federation.signedByCoordinator(older);
      holder = await federation.startHolder('holder-1');
      await until(() => holder.lines.some(({ event }) => event === 'register-too-old'));
      expect(registers().current).toMatchObject({ version, epoch: 1 });
    } finally {
      federation.served = served;
    }
  });

  it('logs and keeps nothing of a request but its count, its id and a hash', async () => {
    await until(async () => (await fetch(`${holder.url}/health/ready`)).ok);
    const asked = elements(4);
    const reply = await ask(federation.request('noord', 'holder-1', asked));
    const texts = [
      ...asked.map((element) => Buffer.from(element).toString('base64url')),
      ...(reply.evaluated as string[]),
    ];
    const kept = await holder.app
      .get(DataSource)
      .query<{ row: string }[]>(
        'select r::text as row from evaluation_request r union all select d::text from evaluation_day d',
      );
    const everything = JSON.stringify([holder.lines, kept]);
    const hex = texts.map((text) => Buffer.from(text, 'base64url').toString('hex'));
    for (const text of [...texts, ...hex]) expect(everything).not.toContain(text);
    expect(holder.lines).toContainEqual({ event: 'evaluated', fields: { region: 'noord', count: 4 } });
  });

  it('is ready with database, hub and share, and shows its figures', async () => {
    expect((await fetch(`${holder.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${holder.url}/health/ready`);
    expect(await ready.json()).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' }, hub: { status: 'up' }, share: { status: 'up' } },
    });
    const figures = await (await fetch(`${holder.url}/metrics`)).text();
    expect(figures).toMatch(/^evaluations_total\{region="noord"\} \d+$/m);
    expect(figures).toMatch(/^evaluations_refused_total\{reason="quota-exceeded"\} \d+$/m);
    await federation.renewDatabase('holder-2');
    const empty = await federation.startHolder('holder-2');
    const notReady = await fetch(`${empty.url}/health/ready`);
    expect(notReady.status).toBe(503);
    expect(await notReady.json()).toMatchObject({ details: { share: { status: 'down' } } });
  });
});
