import { startNode, type TestNode } from '../../test/test-node.js';
import { Audit, AuditLine, SYSTEM } from './index.js';

let node: TestNode;
let audit: Audit;
beforeAll(async () => {
  node = await startNode();
  audit = node.app.get(Audit, { strict: false });
});
afterAll(() => node.stop());

describe('the logbook', () => {
  it('takes only the fields that an action may have', async () => {
    const { manager } = node.dataSource;
    const before = await manager.count(AuditLine);
    await expect(
      audit.record(manager, SYSTEM, 'signal-ended', { signal: 'MN-2026-000001', name: 'Sanne' } as never),
    ).rejects.toThrow('signal-ended may not record name');
    expect(await manager.count(AuditLine)).toBe(before);
  });

  it('keeps no line of what was undone', async () => {
    const before = await node.dataSource.manager.count(AuditLine);
    await expect(
      node.dataSource.transaction(async (manager) => {
        await audit.record(manager, SYSTEM, 'signal-ended', { signal: 'MN-2026-000001', cause: 'expired' });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await node.dataSource.manager.count(AuditLine)).toBe(before);
  });

  it('is read by the operator from the newest line back, each line once', async () => {
    const { manager } = node.dataSource;
    for (let n = 1; n <= 7; n += 1) await audit.record(manager, SYSTEM, 'covenant-activated', { version: n });
    const operator = await node.as('mn-beheerder');
    const seen: { id: string; fields: { version?: number } }[] = [];
    let next: string | undefined;
    do {
      const { body } = await operator.get(`/audit?limit=3${next ? `&before=${next}` : ''}`).expect(200);
      seen.push(...body.lines);
      next = body.next;
    } while (next);
    expect(seen.slice(0, 7).map(({ fields }) => fields.version)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(await manager.count(AuditLine));
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'before=-1', 'before=1;', 'name=x'])(
    'refuses %s',
    async (query) => {
      await (await node.as('mn-beheerder')).get(`/audit?${query}`).expect(400);
    },
  );
});
