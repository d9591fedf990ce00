import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MessageContext } from '#libs/messaging';
import { startNode, type TestNode } from '../../test/test-node.js';
import { lockPersons } from '../youths/index.js';
import { MatchesConsumer } from './matches.consumer.js';

let node: TestNode;
beforeAll(async () => {
  node = await startNode();
});
afterAll(() => node.stop());

describe('a batch with which a recovery may end', () => {
  it('waits for whoever files, before it touches anything', async () => {
    let isOver = false;
    let over: Promise<unknown> = Promise.resolve();
    await node.dataSource.transaction(async (filing) => {
      await lockPersons(filing, [randomBytes(32)]);
      over = node.dataSource
        .transaction((manager) =>
          node.app.get(MatchesConsumer, { strict: false }).closed([], {
            ...{ manager, peer: 'relay', afterCommit: () => undefined },
            ...{ batch: [{ type: 'recall' as const, body: {} }], versions: [] },
          } satisfies MessageContext),
        )
        .then(() => (isOver = true));
      await pause(500);
      expect(isOver).toBe(false);
    });
    await over;
    expect(isOver).toBe(true);
  });
});
