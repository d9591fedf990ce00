import 'reflect-metadata';
import { HOUR, MINUTE, SettableClock } from '#libs/clock';
import { TestFederation } from '../../test/test-federation.js';
import { newTag } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';
import type { NationalHour, RegionHour } from './dto/views.js';

describe('the past week', () => {
  const clock = new SettableClock(new Date('2026-03-01T12:00:00Z'));
  let federation: TestFederation;
  let relay: TestRelay;
  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
    relay = await TestRelay.start(federation, {}, clock);
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const get = async <Hour>(path: string): Promise<Hour[]> =>
    ((await relay.get(`/api/v1/${path}/history`, 'landelijk')).body as { hours: Hour[] }).hours;

  it('tells by the hour how often a region was healthy and silent, its longest delay and queue', async () => {
    const noord = await federation.region('noord');
    await noord.listen();
    const beat = (queued: number, oldestQueuedSeconds: number) =>
      noord.control('heartbeat', {
        ...{ softwareVersion: '1.2.3', queued, oldestQueuedSeconds, awaitingSecret: 0 },
        ...{ matches: 0, unansweredNotices: 0, unopenableCards: 0, lostPersons: 0, probes: [] },
        clock: clock.now().toISOString(),
      });
    const heard = async (delay: number) =>
      until(async () => {
        const { body } = await relay.get('/api/v1/regions/noord', 'landelijk');
        return (body as { delaySeconds: number }).delaySeconds === delay;
      });
    await beat(9, 8);
    await heard(8);
    await relay.lookForHistory();
    // once a minute, however often somebody looks
    await relay.lookForHistory();
    clock.advance(MINUTE);
    await beat(4, 301);
    await heard(301);
    await relay.lookForHistory();
    clock.advance(2 * MINUTE);
    await relay.lookForHistory();
    clock.advance(HOUR);
    await relay.lookForHistory();
    expect(await get<RegionHour>('regions/noord')).toEqual([
      {
        hour: '2026-03-01T12:00:00.000Z',
        healthy: 1,
        lagging: 1,
        silent: 1,
        worstDelaySeconds: 301,
        worstQueue: 9,
      },
      expect.objectContaining({ hour: '2026-03-01T13:00:00.000Z', healthy: 0, lagging: 0, silent: 1 }),
    ]);
    for (let n = 0; n < 14; n++) await noord.put(newTag());
    await noord.settled();
    clock.advance(MINUTE);
    await relay.lookForHistory();
  });

  it('tells of the federation in tens, and nothing below ten', async () => {
    expect(await get<NationalHour>('figures')).toEqual([
      // 2 of the 6 looks at both regions
      { hour: '2026-03-01T12:00:00.000Z', reachablePercent: 33, tags: '<10', matches: '<10' },
      { hour: '2026-03-01T13:00:00.000Z', reachablePercent: 0, tags: 10, matches: '<10' },
    ]);
  });

  it('has no hour in which a region did not take part', async () => {
    await federation.setState('zuid', 'suspended');
    await until(() => relay.lines('register-accepted').length === 2);
    clock.advance(HOUR);
    await relay.lookForHistory();
    expect(await get('regions/zuid')).toHaveLength(2);
    expect(await get('regions/noord')).toHaveLength(3);
  });

  it('is shown for seven days and forgotten after eight', async () => {
    clock.set(new Date('2026-03-08T13:59:00Z'));
    expect(await get('regions/noord')).toHaveLength(2);
    await relay.lookForHistory();
    expect(await relay.count(`region_sample where region = 'zuid'`)).toBe(2);
    clock.set(new Date('2026-03-09T12:30:00Z'));
    await relay.lookForHistory();
    expect(await relay.count(`region_sample where region = 'zuid'`)).toBe(1);
  });

  it('of a region that does not exist is as absent as one may be', async () => {
    const { status, body } = await relay.get('/api/v1/regions/nergens/history', 'landelijk');
    expect([status, (body as { code: string }).code]).toEqual([404, 'not-found']);
  });
});
