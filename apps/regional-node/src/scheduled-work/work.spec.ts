import { jest } from '@jest/globals';
import { HOUR, MINUTE } from '#libs/clock';
import { createTestDatabase } from '../../../../test/database/test-database.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { SignalExpiry } from '../signals/index.js';
import { ScheduledWorkState, WorkRunner, type Work } from './index.js';

const NAME = 'signal-removal';

let node: TestNode;
let runner: WorkRunner;
let work: jest.SpiedFunction<Work['run']>;
beforeEach(async () => {
  node = await startNode();
  runner = node.app.get(WorkRunner, { strict: false });
  work = jest.spyOn(node.app.get(SignalExpiry, { strict: false }), 'run');
});
afterEach(() => node.stop());

const state = () => node.dataSource.manager.findOneByOrFail(ScheduledWorkState, { name: NAME });
async function look(): Promise<ScheduledWorkState> {
  await runner.look();
  return state();
}

describe('scheduled work', () => {
  it('is done when it is due, and not before', async () => {
    work.mockResolvedValue(3);
    const now = node.clock.now();
    expect(await look()).toMatchObject({
      ...{ outcome: 'done', items: 3, failures: 0, startedAt: now, finishedAt: now, succeededAt: now },
      nextRunAt: new Date(now.getTime() + MINUTE),
    });
    node.clock.set(new Date(now.getTime() + MINUTE - 1));
    await look();
    expect(work).toHaveBeenCalledTimes(1);
    node.clock.set(new Date(now.getTime() + MINUTE));
    await look();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('that fails is tried again with growing pauses, and says so', async () => {
    work.mockRejectedValue(new TypeError('x'));
    const pauses: number[] = [];
    for (let failures = 1; failures <= 8; failures++) {
      const failed = await look();
      expect(failed).toMatchObject({ outcome: 'failed', errorKind: 'TypeError', failures, items: null });
      pauses.push((failed.nextRunAt.getTime() - node.clock.now().getTime()) / MINUTE);
      node.clock.set(failed.nextRunAt);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    work.mockResolvedValue(0);
    expect(await look()).toMatchObject({ outcome: 'done', errorKind: null, failures: 0 });
  });

  it('does not wait for hours when the clock of the node goes back', async () => {
    const now = node.clock.now();
    node.clock.set(new Date(now.getTime() + 5 * HOUR));
    await look();
    node.clock.set(now);
    expect((await look()).nextRunAt).toEqual(new Date(now.getTime() + MINUTE));
  });

  it('that was broken off is done again', async () => {
    await look();
    await node.dataSource.query(
      `update scheduled_work set started_at = now(), finished_at = null, next_run_at = '2026-11-24T09:00Z' where name = $1`,
      [NAME],
    );
    expect((await look()).finishedAt).not.toBeNull();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('is shown to the operator, who has it done now', async () => {
    await look();
    const operator = await node.as('mn-beheerder');
    const shown = async () =>
      ((await operator.get('/scheduled-work').expect(200)).body as { name: string }[]).find(
        ({ name }) => name === NAME,
      );
    expect(await shown()).toEqual({
      name: NAME,
      title: 'Signalen verwijderen waarvan de termijn voorbij is',
      nextRunAt: '2026-11-24T10:01:00.000Z',
      ...{ startedAt: '2026-11-24T10:00:00.000Z', finishedAt: '2026-11-24T10:00:00.000Z' },
      ...{ succeededAt: '2026-11-24T10:00:00.000Z', outcome: 'done', items: 0, failures: 0 },
    });
    await operator.post(`/scheduled-work/${NAME}/_run`).expect(202);
    expect(await shown()).toMatchObject({ nextRunAt: '2026-11-24T10:00:00.000Z' });
    await look();
    expect(work).toHaveBeenCalledTimes(2);
    await operator.post(`/scheduled-work/iets-anders/_run`).expect(404);
  });
});

describe('scheduled work of two instances', () => {
  it('is done by one of them', async () => {
    const database = await createTestDatabase();
    const nodes = [await startNode({}, database), await startNode({}, database)];
    try {
      let atWork = 0;
      let runs = 0;
      for (const { app } of nodes) {
        jest.spyOn(app.get(SignalExpiry, { strict: false }), 'run').mockImplementation(async () => {
          atWork += 1;
          runs += 1;
          expect(atWork).toBe(1);
          await new Promise((done) => setTimeout(done, 100));
          atWork -= 1;
          return 0;
        });
      }
      await Promise.all(nodes.map(({ app }) => app.get(WorkRunner, { strict: false }).look()));
      expect(runs).toBe(1);
    } finally {
      for (const each of nodes) await each.stop();
      await database.drop();
    }
  });
});
