import { empty } from '../../../../test/database/empty.js';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LinkRestarts, Outbox, OutboxMessage } from '#libs/messaging';
import { RELAY } from '#libs/protocol';
import { SealingKey } from '#libs/sealing';
import { startNode, type TestNode } from '../../test/test-node.js';
import { FederatedMatch } from '../cards/index.js';
import { lockPersons } from '../youths/index.js';
import { Handle } from './handle.entity.js';

let node: TestNode;
beforeAll(async () => {
  node = await startNode();
});
afterAll(() => node.stop());
beforeEach(() => empty(node.dataSource, 'handle, federated_match, outbox_message'));

const name = () => randomBytes(16).toString('base64url');
const sealed = (handle: Buffer) =>
  node.app
    .get(SealingKey, { strict: false })
    .seal(`handle-secret/${handle.toString('hex')}`, randomBytes(64));
/** A handle of a youth. */
async function begin({ evaluated = true, ended = false } = {}): Promise<Buffer> {
  const [handle, createdAt] = [randomBytes(16), node.clock.now()];
  await node.dataSource.manager.insert(Handle, {
    ...{ handle, role: 'youth', personIndex: randomBytes(32), epoch: 1, createdAt },
    secret: evaluated ? sealed(handle) : null,
    ...(ended ? { endedAt: createdAt } : {}),
  });
  return handle;
}
const restart = () =>
  node.dataSource.transaction((manager) =>
    node.app.get(LinkRestarts, { strict: false }).restarted(manager, RELAY),
  );
const text = (handle: Buffer) => handle.toString('base64url');
const puts = async () =>
  (await node.dataSource.manager.findBy(OutboxMessage, { type: 'tag.put' }))
    .map(({ body }) => (body as { handle: string }).handle)
    .sort();

describe('after a restart of the link', () => {
  it('every tag is put again, ended handles too, and nothing that waited to be said of tags is said beside it', async () => {
    const { manager } = node.dataSource;
    const handles = [await begin({ ended: true }), await begin()];
    const outbox = node.app.get(Outbox, { strict: false });
    await outbox.enqueue(manager, RELAY, 'tag.delete', { handle: name() }, { delay: 3_600_000 });
    await outbox.enqueue(manager, RELAY, 'tags.complete', { tags: 7 });
    await outbox.enqueue(manager, RELAY, 'tags.digest', {
      tags: 7,
      digest: randomBytes(32).toString('base64url'),
    });
    await outbox.enqueue(manager, RELAY, 'erased', { tokens: [name()] });

    await restart();
    const waiting = await manager.find(OutboxMessage, { order: { id: 'asc' } });
    expect(waiting.map(({ type }) => type)).toEqual(['erased', 'tag.put', 'tag.put', 'tags.complete']);
    expect(waiting.flatMap(({ body }) => (body as { handle?: string }).handle ?? []).sort()).toEqual(
      handles.map(text).sort(),
    );
    expect(waiting.at(-1)!.body).toEqual({ tags: 2 });
  });

  it('nobody who files is undone: all is put again when they are through', async () => {
    const handle = await begin();
    const match = { handle, peerRegion: 'oost', epoch: 1, sendFirst: true, noticedAt: node.clock.now() };
    await node.dataSource.manager.insert(FederatedMatch, { matchId: name(), ...match });
    let restarted: Promise<unknown> = Promise.resolve();
    await node.dataSource.transaction(async (filing) => {
      await lockPersons(filing, [randomBytes(32)]);
      await filing.update(FederatedMatch, { handle }, { outContent: randomBytes(32) });
      restarted = restart();
      await pause(300);
      await filing.update(Handle, { handle }, { endedAt: node.clock.now() });
    });
    await restarted;
    expect(await puts()).toEqual([text(handle)]);
  });

  it('no tag is forgotten whose person is evaluated just then', async () => {
    const { manager } = node.dataSource;
    const [known, waiting] = [await begin(), await begin({ evaluated: false })];
    let restarted: Promise<unknown> = Promise.resolve();
    await node.dataSource.transaction(async (filing) => {
      // somebody who files holds a person, for whom the restart waits
      await filing.query('select from handle where handle = $1 for key share', [known]);
      restarted = restart();
      await pause(300);
      await node.dataSource.transaction(async (evaluation) => {
        await evaluation.update(Handle, { handle: waiting }, { secret: sealed(waiting) });
        const put = { handle: text(waiting), epoch: 1, tag: randomBytes(32).toString('base64url') };
        await node.app
          .get(Outbox, { strict: false })
          .enqueue(evaluation, RELAY, 'tag.put', put, { coalesceKey: `tag:${put.handle}` });
      });
    });
    await restarted;
    expect(await puts()).toEqual([known, waiting].map(text).sort());
    const complete = await manager.findOneByOrFail(OutboxMessage, { type: 'tags.complete' });
    expect(complete.body).toEqual({ tags: 2 });
  });
});
