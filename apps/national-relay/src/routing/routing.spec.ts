import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { CardSend } from '#libs/protocol';
import { TestFederation } from '../../test/test-federation.js';
import { newHandle, newTag, type TestRegion } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';

describe('cards and receipts', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  let noord: TestRegion;
  let zuid: TestRegion;
  let oost: TestRegion;
  let matchId: string;
  let handle: string;

  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid', 'oost');
    relay = await TestRelay.start(federation);
    [noord, zuid, oost] = await Promise.all([
      federation.region('noord'),
      federation.region('zuid'),
      federation.region('oost'),
    ]);
    await Promise.all([noord, zuid, oost].map((region) => region.listen()));
    const tag = newTag();
    handle = await noord.put(tag);
    await zuid.put(tag);
    matchId = (await until(() => zuid.bodies('match.found')[0])).matchId;
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const card = (toRegion: string, n: number, id = matchId): CardSend => ({
    matchId: id,
    toRegion,
    version: { incarnation: 1, n },
    enc: randomBytes(32).toString('base64url'),
    ciphertext: randomBytes(40_976).toString('base64url'),
  });
  const versions = (region: TestRegion) => region.bodies('card.deliver').map(({ version }) => version.n);

  it('arrive at the other side as they were sealed, and are not kept', async () => {
    const sent = card('zuid', 1);
    await noord.send('card.send', sent);
    const [delivered] = await until(() => {
      const cards = zuid.bodies('card.deliver');
      return cards.length > 0 && cards;
    });
    const { toRegion: _, ...sealed } = sent;
    expect(delivered).toEqual({ ...sealed, fromRegion: 'noord' });
    expect(relay.lines('card-routed')[0]).toMatchObject({ from: 'noord', to: 'zuid', count: 1 });
    await until(async () => (await relay.count('outbox_message')) === 0);
    expect(JSON.stringify(relay.lines())).not.toContain(matchId);
  });

  const roll = () => ({ document: '{}', signature: randomBytes(64).toString('base64url') });
  const letter = () => ({
    enc: randomBytes(32).toString('base64url'),
    ciphertext: randomBytes(16_400).toString('base64url'),
  });

  it.each([
    ['roll', roll],
    ['letter', letter],
  ] as const)(
    'a %s passes between regions that take part, as its maker made it, and to nobody else',
    async (what, make) => {
      const made = make();
      for (const toRegion of ['noord', 'nergens', 'oost'])
        await noord.send(`${what}.send`, { ...made, toRegion });
      await noord.settled();
      const [delivered] = await until(() => {
        const bodies = oost.bodies(`${what}.deliver`);
        return bodies.length > 0 && bodies;
      });
      expect(delivered).toEqual({ ...made, fromRegion: 'noord' });
      expect(noord.bodies(`${what}.deliver`)).toEqual([]);
      expect(relay.lines(`${what}-routed`)).toEqual([
        { event: `${what}-routed`, from: 'noord', to: 'oost', count: 1 },
      ]);
    },
  );

  it.each([
    ['roll', 400, roll],
    ['letter', 200, letter],
  ] as const)(
    'of the %ss of one region no more than %d wait for another; the rest is dropped, and counted',
    async (what, most, make) => {
      const delivered = () => zuid.bodies(`${what}.deliver`).length;
      zuid.deafen();
      for (let n = 0; n < most + 5; n++) await noord.send(`${what}.send`, { ...make(), toRegion: 'zuid' });
      await noord.settled();
      expect(await relay.count(`outbox_message where type = '${what}.deliver' and peer = 'zuid'`)).toBe(most);
      expect(
        await relay.query(`select reason, count from rejected_message where peer = 'noord' and reason = $1`, [
          `too-many-${what}s`,
        ]),
      ).toEqual([{ reason: `too-many-${what}s`, count: 5 }]);
      await zuid.listen();
      await until(() => delivered() === most);
    },
  );

  it('what is for nobody is counted', async () => {
    // of the tests before: a roll and a letter to oneself, and to nobody
    expect(
      await relay.query(
        `select count from rejected_message where peer = 'noord' and reason = 'unknown-receiver'`,
      ),
    ).toEqual([{ count: 4 }]);
  });

  it('come in order, and at the end the newest is there', async () => {
    for (let n = 2; n <= 12; n++) await noord.send('card.send', card('zuid', n));
    await until(() => versions(zuid).at(-1) === 12);
    expect(versions(zuid)).toEqual([...new Set(versions(zuid))].sort((a, b) => a - b));
  });

  it('replace one of the same sender that still waits, and no other', async () => {
    // nothing leaves while the hub is away; what waits is put there as the consumer does
    const waiting = () =>
      relay.query<{ peer: string; n: number }>(
        `select peer, (body -> 'version' ->> 'n')::int as n from outbox_message where type = 'card.deliver' order by id`,
      );
    await federation.hub.stop();
    await until(async () => (await relay.get('/health/ready')).status === 503);
    await relay.applyCards('noord', [card('zuid', 20)]);
    await relay.applyCards('zuid', [card('noord', 21)]);
    await relay.applyCards('noord', [card('zuid', 22), card('zuid', 23)]);
    const waited = await waiting();
    await federation.startHub();
    expect(waited).toEqual([
      { peer: 'noord', n: 21 },
      { peer: 'zuid', n: 23 },
    ]);
    await until(() => versions(zuid).at(-1) === 23 && versions(noord).at(-1) === 21);
  });

  it('are dropped, and counted, when the match is unknown or not the sender’s or receiver’s', async () => {
    const before = versions(zuid).length + versions(noord).length;
    await oost.send('card.send', card('zuid', 1));
    await oost.send('card.send', card('noord', 1));
    await noord.send('card.send', card('oost', 1));
    await noord.send('card.send', card('zuid', 1, newHandle()));
    await oost.send('receipt.send', {
      matchId,
      toRegion: 'zuid',
      version: { incarnation: 1, n: 1 },
      outcome: 'opened',
    });
    await Promise.all([oost.settled(), noord.settled()]);
    const dropped = (event: string) =>
      relay
        .lines(event)
        .map(({ from, reason, count }) => `${String(from)} ${String(reason)} ${String(count)}`)
        .sort();
    expect(dropped('card-dropped').join()).toMatch(
      /noord not-a-side 1,noord unknown-match 1,oost not-a-side [12]/,
    );
    expect(dropped('receipt-dropped')).toEqual(['oost not-a-side 1']);
    expect(await relay.count(`outbox_message where type in ('card.deliver', 'receipt.deliver')`)).toBe(0);
    expect(versions(zuid).length + versions(noord).length).toBe(before);
    expect(oost.received.filter(({ type }) => !/^(roll|letter)\./.test(type))).toEqual([]);
  });

  it('are answered by a receipt, and one that does not open alarms both sides', async () => {
    const version = { incarnation: 1, n: 23 };
    await zuid.send('receipt.send', { matchId, toRegion: 'noord', version, outcome: 'opened' });
    await zuid.send('receipt.send', { matchId, toRegion: 'noord', version, outcome: 'unopenable' });
    const told = () =>
      noord.bodies('receipt.deliver').map(({ fromRegion, outcome }) => [fromRegion, outcome]);
    await until(() => told().at(-1)?.join() === 'zuid,unopenable');
    // unless the second came before the first had left
    expect([
      ['zuid', 'opened'],
      ['zuid', 'unopenable'],
    ]).toEqual(expect.arrayContaining(told()));
    const { body } = await relay.get('/api/v1/alarms', 'landelijk');
    const alarms = (body as { alarms: { kind: string; party: string; count: number }[] }).alarms;
    expect(
      alarms.filter(({ kind }) => kind === 'unopenable-cards').map(({ party, count }) => [party, count]),
    ).toEqual(
      expect.arrayContaining([
        ['noord', 1],
        ['zuid', 1],
      ]),
    );
  });

  it('pass no longer once the match has ended', async () => {
    await noord.send('tag.delete', { handle });
    await until(() => zuid.bodies('match.closed').length === 1);
    const before = versions(noord).length;
    await zuid.send('card.send', card('noord', 30));
    await zuid.settled();
    expect(relay.lines('card-dropped').at(-1)).toMatchObject({ from: 'zuid', reason: 'unknown-match' });
    expect(versions(noord)).toHaveLength(before);
    // its sender hears that it was not passed on
    await until(() => zuid.bodies('match.closed').some(({ unknown }) => unknown));
  });
});
