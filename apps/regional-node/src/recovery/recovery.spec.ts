import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MessageContext } from '#libs/messaging';
import { startNode, type TestNode } from '../../test/test-node.js';
import { ArchivedSignal } from '../archive/index.js';
import { AuditLine } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { archiveErasureToken, erasureToken } from '../erasures/index.js';
import { Handle } from '../handles/index.js';
import { Mail } from '../mails/index.js';
import { lockPersons, Signal, Youth } from '../youths/index.js';
import { RecoveryConsumer } from './recovery.consumer.js';

let node: TestNode;
beforeAll(async () => {
  node = await startNode();
});
afterAll(() => node.stop());

/** The relay says what had ended before the backup was made that this node went back to. */
const recall = (tokens: readonly Buffer[]) => {
  const erased = tokens.map((token) => token.toString('base64url'));
  const recalls = [{ erased, handles: [], last: false, recovery: randomBytes(16).toString('base64url') }];
  return node.dataSource.transaction((manager) =>
    node.app.get(RecoveryConsumer, { strict: false }).recalled(recalls, {
      ...{ manager, peer: 'relay', afterCommit: () => undefined },
      batch: recalls.map((body) => ({ type: 'recall' as const, body })),
      versions: [{ incarnation: 1, n: 1 }],
    } satisfies MessageContext),
  );
};

/** What the backup brought back: an archived signal on a youth, which other regions can find. */
async function archived(youthIndex: Buffer): Promise<string> {
  const { manager } = node.dataSource;
  const [professional] = await manager.find(Professional, { take: 1 });
  const [id, at] = [randomUUID(), node.clock.now()];
  await manager.insert(ArchivedSignal, {
    ...{ id, number: 'MN-2026-000001', youthIndex, bsnSealed: randomBytes(40) },
    ...{
      professionalId: professional!.id,
      filedAt: at,
      endedAt: at,
      destroyOn: '2031-11-24',
      verifiedAt: at,
    },
  });
  const handle = { handle: randomBytes(16), role: 'archive' as const, personIndex: youthIndex, epoch: 1 };
  const known = await manager.existsBy(Handle, { personIndex: youthIndex });
  if (!known) await manager.insert(Handle, { ...handle, secret: randomBytes(8), createdAt: at });
  return id;
}

describe('after a restored backup', () => {
  it('what was destroyed from the archive is destroyed again, and found by nobody; the rest stays', async () => {
    const { manager } = node.dataSource;
    const [youth, other] = [randomBytes(32), randomBytes(32)];
    const ids = [await archived(youth), await archived(youth), await archived(other)];
    // that the signal had ended is no reason: it is why it is in the archive
    await recall([randomBytes(16), ...ids.map(erasureToken)]);
    expect(await manager.count(ArchivedSignal)).toBe(3);

    await recall([archiveErasureToken(ids[0]!)]);
    expect((await manager.find(ArchivedSignal)).map(({ id }) => id).sort()).toEqual(ids.slice(1).sort());
    expect(await manager.count(Handle)).toBe(2);

    await recall([archiveErasureToken(ids[1]!)]);
    expect((await manager.find(Handle)).map(({ personIndex }) => personIndex)).toEqual([other]);
    expect(await manager.countBy(AuditLine, { action: 'archive-destroyed' })).toBe(2);
  });

  it('a signal that was held is shared by its filer alone, who is told', async () => {
    const { manager } = node.dataSource;
    const filer = await manager.findOneByOrFail(Professional, { subject: 'mn-leerkracht' });
    const now = node.clock.now();
    const [id, youthId] = [randomUUID(), randomUUID()];
    await manager.insert(Youth, { id: youthId, isProtected: false, verifiedAt: now, createdAt: now });
    await manager.insert(Signal, {
      ...{ id, youthId, entryId: randomUUID(), number: 'MN-2026-000002', professionalId: filer.id },
      ...{ filedAt: now, removalDate: '2028-11-24', removalCause: 'expired' },
      ...{ sharedAt: null, sharesAt: new Date(now.getTime() + 60_000) },
    });
    await recall([]);
    await recall([]);
    expect(await manager.findOneBy(Signal, { id })).toMatchObject({ sharedAt: null, sharesAt: null });
    const mails = await manager.findBy(Mail, { toAddress: filer.email });
    expect(mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('MN-2026-000002')]);
  });

  it('a recovery waits for whoever files, before it touches anything', async () => {
    let isOver = false;
    let over: Promise<unknown> = Promise.resolve();
    await node.dataSource.transaction(async (filing) => {
      await lockPersons(filing, [randomBytes(32)]);
      over = recall([]).then(() => (isOver = true));
      await pause(500);
      expect(isOver).toBe(false);
    });
    await over;
    expect(isOver).toBe(true);
  });
});
