import { randomBytes } from 'node:crypto';
import { Outbox } from '#libs/messaging';
import { RELAY } from '#libs/protocol';
import { OWN, startFederatedNode, type FederatedNode } from '../../test/federated-node.js';
import { Heartbeats } from './heartbeats.js';

let node: FederatedNode<'jeugdmatch'>;
beforeAll(async () => {
  node = await startFederatedNode({ [OWN]: {}, jeugdmatch: {} });
});
beforeEach(() => node.startOver());
afterAll(() => node?.stop());

const MINUTE = 60_000;
const queue = (delay: number) =>
  node.app
    .get(Outbox, { strict: false })
    .enqueue(
      node.dataSource.manager,
      RELAY,
      'tag.delete',
      { handle: randomBytes(16).toString('base64url') },
      { delay },
    );
const measure = () => node.app.get(Heartbeats, { strict: false }).measure();

describe('what a node tells the relay of its queue', () => {
  it('is not that something waits for its moment: a family may have been filed just now', async () => {
    await queue(40 * MINUTE);
    await queue(50 * MINUTE);
    expect(await measure()).toMatchObject({ queued: 0, oldestQueuedSeconds: 0 });
    const { body } = await (await node.as('mn-beheerder')).get('/federation').expect(200);
    expect(body).toMatchObject({ queued: 0, held: 2 });
  });

  it('is what could have left, and since when', async () => {
    await queue(0);
    await queue(40 * MINUTE);
    node.clock.advance(42 * MINUTE);
    await queue(50 * MINUTE);
    expect(await measure()).toMatchObject({ queued: 2, oldestQueuedSeconds: 42 * 60 });
    node.clock.advance(MINUTE);
    await node.dataSource.query('delete from outbox_message where not_before = created_at');
    expect(await measure()).toMatchObject({ queued: 1, oldestQueuedSeconds: 3 * 60 });
  });
});
