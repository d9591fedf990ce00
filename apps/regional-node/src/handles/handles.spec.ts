import { randomBytes } from 'node:crypto';
import { LinkRestarts, Outbox, OutboxMessage } from '#libs/messaging';
import { RELAY } from '#libs/protocol';
import { SealingKey } from '#libs/sealing';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Handle } from './handle.entity.js';

let node: TestNode;
beforeAll(async () => {
  node = await startNode();
});
afterAll(() => node.stop());

const name = () => randomBytes(16).toString('base64url');

describe('after a restart of the link', () => {
  it('every tag is put again, ended handles too, and nothing that waited to be said of tags is said beside it', async () => {
    const { manager } = node.dataSource;
    const handles = [randomBytes(16), randomBytes(16)];
    for (const [at, handle] of handles.entries()) {
      const secret = node.app
        .get(SealingKey, { strict: false })
        .seal(`handle-secret/${handle.toString('hex')}`, randomBytes(64));
      const createdAt = node.clock.now();
      await manager.insert(Handle, {
        ...{ handle, role: 'youth', personIndex: randomBytes(32), epoch: 1, secret, createdAt },
        ...(at === 0 ? { endedAt: createdAt } : {}),
      });
    }
    const outbox = node.app.get(Outbox, { strict: false });
    await outbox.enqueue(manager, RELAY, 'tag.delete', { handle: name() }, { delay: 3_600_000 });
    await outbox.enqueue(manager, RELAY, 'tags.complete', { tags: 7 });
    await outbox.enqueue(manager, RELAY, 'tags.digest', {
      tags: 7,
      digest: randomBytes(32).toString('base64url'),
    });
    await outbox.enqueue(manager, RELAY, 'erased', { tokens: [name()] });

    await node.dataSource.transaction((transaction) =>
      node.app.get(LinkRestarts, { strict: false }).restarted(transaction, RELAY),
    );
    const waiting = await manager.find(OutboxMessage, { order: { id: 'asc' } });
    expect(waiting.map(({ type }) => type)).toEqual(['erased', 'tag.put', 'tag.put', 'tags.complete']);
    expect(waiting.flatMap(({ body }) => (body as { handle?: string }).handle ?? []).sort()).toEqual(
      handles.map((handle) => handle.toString('base64url')).sort(),
    );
    expect(waiting.at(-1)!.body).toEqual({ tags: 2 });
  });
});
