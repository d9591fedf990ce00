import 'reflect-metadata';
import { connect, headers } from '@nats-io/transport-node';
import { DAY, MINUTE, SECOND, SettableClock } from '#libs/clock';
import { OutboxSender } from '#libs/messaging';
import { SIGNATURE_HEADER, Signer, subjects, type Heartbeat } from '#libs/protocol';
import { TestFederation } from '../../test/test-federation.js';
import { newTag, type TestRegion } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';
import type { AlarmView, Figures, KeyHolderView, RegionView } from './dto/views.js';

describe('the national coordinator', () => {
  const clock = new SettableClock(new Date('2026-03-01T12:00:00Z'));
  let federation: TestFederation;
  let relay: TestRelay;
  let noord: TestRegion;
  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
    relay = await TestRelay.start(federation, {}, clock);
    noord = await federation.region('noord');
    await noord.listen();
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const get = async <T>(path: string): Promise<T> =>
    (await relay.get(`/api/v1/${path}`, 'landelijk')).body as T;
  const region = (id: string) => get<RegionView>(`regions/${id}`);
  const beat = (other: Partial<Heartbeat> = {}) =>
    noord.control('heartbeat', {
      softwareVersion: '1.2.3',
      queued: 4,
      oldestQueuedSeconds: 7,
      awaitingSecret: 1,
      matches: 2,
      unansweredNotices: 0,
      unopenableCards: 0,
      lostPersons: 0,
      probes: [],
      clock: clock.now().toISOString(),
      ...other,
    });
  const alarms = async () =>
    (await get<{ alarms: AlarmView[] }>('alarms')).alarms.map(({ kind, party }) => `${kind} ${party}`);

  it('sees how a region says it is doing, and what the relay counts itself', async () => {
    expect(await region('noord')).toMatchObject({
      health: 'silent',
      lastSeenAt: null,
      softwareVersion: null,
    });
    await noord.put(newTag());
    await beat();
    await until(async () => (await region('noord')).health === 'healthy');
    expect(await region('noord')).toEqual({
      id: 'noord',
      name: 'Verwijsindex noord',
      state: 'admitted',
      municipalities: [],
      health: 'healthy',
      lastSeenAt: '2026-03-01T12:00:00.000Z',
      delaySeconds: 7,
      queuedByRegion: 4,
      queuedForRegion: 0,
      softwareVersion: '1.2.3',
      tags: '<10',
      matches: '<10',
      awaitingSecret: '<10',
      unansweredNotices: 0,
      unopenableCards: 0,
      lostPersons: '<10',
      probes: [],
      clockSkewSeconds: 0,
      rejected: [],
      dailyQuota: 100,
      evaluatedToday: null,
    });
    expect(relay.lines('region-heard')).toHaveLength(1);
    const { regions } = await get<{ regions: RegionView[] }>('regions');
    expect(regions.map(({ id, health }) => [id, health])).toEqual([
      ['noord', 'healthy'],
      ['zuid', 'silent'],
    ]);
  });

  it('is alarmed by a region that falls silent or whose clock is off, until that is over', async () => {
    await beat({ clock: new Date(clock.now().getTime() + 6 * MINUTE).toISOString() });
    await until(async () => (await alarms()).includes('clock-skew noord'));
    // further off than a database counts
    for (const [moment, skew] of [
      ['9999-12-31T23:59:59Z', 86_400],
      ['1000-01-01T00:00:00Z', -86_400],
    ] as const) {
      await beat({ clock: moment });
      await until(async () => (await region('noord')).clockSkewSeconds === skew);
    }
    clock.advance(61 * SECOND);
    expect(await alarms()).toEqual(expect.arrayContaining(['region-silent noord', 'region-silent zuid']));
    await beat();
    await until(async () => (await region('noord')).health === 'healthy');
    expect((await alarms()).filter((alarm) => alarm.endsWith('noord'))).toEqual([]);
    expect(relay.lines('region-heard').at(-1)).toMatchObject({ region: 'noord', silentSeconds: 61 });
  });

  it('sees what waits for a region that does not take it', async () => {
    const tag = newTag();
    const zuid = await federation.region('zuid');
    await zuid.listen();
    await zuid.put(tag);
    await zuid.settled();
    // only of a region that agreed once something is found
    await until(() => relay.app.get(OutboxSender).agreements.has('zuid'));
    zuid.deafen();
    await noord.put(tag);
    await until(async () => (await region('zuid')).queuedForRegion === 1);
    clock.advance(10 * MINUTE);
    await beat();
    expect((await region('zuid')).delaySeconds).toBe(600);
    expect(await relay.count('match')).toBe(1);
    await zuid.listen();
    // the clock stands still between looks, so sending again needs a push
    clock.advance(30 * MINUTE);
    await until(async () => (await region('zuid')).queuedForRegion === 0);
  });

  it('sees whether key holders answer, and is alarmed when one shows a manifest that not all signed', async () => {
    const keyHolders = async () => (await get<{ keyHolders: KeyHolderView[] }>('key-holders')).keyHolders;
    await relay.askKeyHolders();
    expect(await keyHolders()).toEqual([
      {
        id: 'holder-1',
        name: 'Sleutelhouder Een',
        health: 'silent',
        upSince: null,
        lastSeenAt: null,
        epoch: null,
        usage: null,
      },
    ]);
    expect(await alarms()).toContain('key-holder-silent holder-1');

    const connection = await connect(federation.login('holder-1'));
    let answer: object = { refused: 'no-key' };
    connection.subscribe(subjects.manifest('holder-1'), {
      callback: (_error, message) => void message.respond(JSON.stringify(answer)),
    });
    await connection.flush();
    await relay.askKeyHolders();
    const [up] = await keyHolders();
    expect(up).toMatchObject({ health: 'healthy', upSince: clock.now().toISOString(), epoch: null });

    const document = JSON.stringify({
      v: 1,
      epoch: 3,
      threshold: 2,
      groupKey: 'A'.repeat(43),
      publicShares: [{ keyHolder: 'holder-1', index: 1, publicShare: 'A'.repeat(43) }],
      transcriptHash: 'A'.repeat(43),
    });
    const sign = (keys: { privateKey: string; publicKey: string }) => ({
      document,
      signatures: [
        { keyHolder: 'holder-1', signature: new Signer(keys).sign('manifest', Buffer.from(document)) },
      ],
    });
    answer = sign(federation.relay.signing);
    await relay.askKeyHolders();
    expect(await alarms()).toContain('manifest-untrusted holder-1');
    answer = sign(federation.keyHolder.signing);
    clock.advance(SECOND);
    await relay.askKeyHolders();
    expect(await keyHolders()).toMatchObject([
      { epoch: 3, upSince: up!.upSince, lastSeenAt: clock.now().toISOString() },
    ]);
    expect(await alarms()).not.toContain('manifest-untrusted holder-1');

    let asOf = clock.now();
    let elements = 90;
    let signer = federation.relay.signing;
    connection.subscribe(subjects.usage('holder-1'), {
      callback: (_error, message) => {
        const said = { v: 1, keyHolder: 'holder-1', asOf, regions: [{ region: 'noord', elements }] };
        const payload = Buffer.from(JSON.stringify(said));
        const signed = headers();
        signed.set(SIGNATURE_HEADER, new Signer(signer).sign('usage', payload));
        message.respond(payload, { headers: signed });
      },
    });
    await connection.flush();
    // signed by somebody else, then of another day
    await relay.askKeyHolders();
    expect(await keyHolders()).toMatchObject([{ usage: null }]);
    signer = federation.keyHolder.signing;
    asOf = new Date(clock.now().getTime() - DAY);
    await relay.askKeyHolders();
    expect(await keyHolders()).toMatchObject([{ usage: null }]);
    expect(relay.lines('usage-not-taken').length).toBeGreaterThanOrEqual(2);
    asOf = clock.now();
    await relay.askKeyHolders();
    expect(await keyHolders()).toMatchObject([
      {
        usage: [
          { region: 'noord', elements: 90, dailyQuota: 100 },
          { region: 'zuid', elements: '<10', dailyQuota: 100 },
        ],
      },
    ]);
    expect((await region('noord')).evaluatedToday).toBe(90);
    expect(await alarms()).toContain('quota-nearly-used noord');
    elements = 3;
    await relay.askKeyHolders();
    expect(await alarms()).not.toContain('quota-nearly-used noord');

    await connection.close();
    await relay.askKeyHolders();
    expect(await keyHolders()).toMatchObject([{ upSince: null, epoch: 3 }]);
  });

  it('gets national totals in which few persons are not counted', async () => {
    expect(await get<Figures>('figures')).toMatchObject({
      registerVersion: 1,
      epoch: 1,
      regions: 2,
      threshold: 2,
      keyHolders: 1,
      tags: '<10',
      matches: '<10',
    });
    for (let n = 0; n < 10; n++) await noord.put(newTag());
    await noord.settled();
    expect((await get<Figures>('figures')).tags).toBeGreaterThanOrEqual(10);
  });

  it('finds the figures of the program for Prometheus, by region and without names of anybody', async () => {
    await relay.measure();
    const { text } = await relay.get('/metrics');
    expect(text).toMatch(/relay_messages_total\{region="noord",outcome="applied"\} \d+/);
    expect(text).toMatch(/relay_tags\{region="noord"\} 10$/m);
    for (const [, value] of text.matchAll(
      /^relay_(?:messages_total|cards_total|receipts_total|matches_found_total|tags|outbox_messages)(?:\{.*\})? (\d+)$/gm,
    ))
      expect(Number(value) % 10).toBe(0);
    expect(text).toMatch(/relay_outbox_messages\{region="zuid"\} 0/);
  });

  it('finds a region that does not exist as absent as one may', async () => {
    const { status, body } = await relay.get('/api/v1/regions/nergens', 'landelijk');
    expect([status, (body as { code: string }).code]).toEqual([404, 'not-found']);
  });

  it('is told who they are, and by the OpenAPI document what can be asked', async () => {
    expect(await get('me')).toEqual({ subject: 'landelijk', roles: ['national-coordinator'] });
    const { body } = await relay.get('/api/v1/openapi.json');
    expect(Object.keys((body as { paths: object }).paths)).toEqual(
      expect.arrayContaining(['/api/v1/regions', '/api/v1/alarms', '/api/v1/figures']),
    );
  });

  it('alone gets an answer from any route that is not meant for everybody', async () => {
    const open = [
      '/auth/login',
      '/auth/providers',
      '/auth/callback{/:provider}',
      '/auth/logout',
      '/auth/backchannel-logout',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/api/v1/openapi.json',
    ];
    const closed = relay.routes().filter(({ path }) => !open.includes(path));
    expect(closed.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'get /api/v1/alarms',
      'get /api/v1/figures',
      'get /api/v1/figures/history',
      'get /api/v1/key-holders',
      'get /api/v1/me',
      'get /api/v1/regions',
      'get /api/v1/regions/:id',
      'get /api/v1/regions/:id/history',
      'get /api/v1/register',
      'get /api/v1/register/signed',
      'post /api/v1/register/_apply',
      'post /api/v1/register/_check',
    ]);
    for (const { method, path } of closed) {
      for (const id of ['noord', 'nergens']) {
        const url = path.replace(':id', id);
        expect([url, (await relay.ask(method, url)).status]).toEqual([url, 401]);
        expect([url, (await relay.ask(method, url, 'iemand-anders')).status]).toEqual([url, 403]);
      }
    }
  });
});
