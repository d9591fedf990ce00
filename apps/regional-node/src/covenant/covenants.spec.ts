import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { createTestDatabase } from '../../../../test/database/test-database.js';
import { demoFile } from '../../test/demo-file.js';
import { startNode, temporaryFile } from '../../test/test-node.js';
import { Covenant, Covenants } from './index.js';

const text = readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8');
const withMonths = (retentionMonths: number): string =>
  stringify({ ...(parse(text) as object), retentionMonths });

describe('the covenant of a node', () => {
  it('is the file at the first boot, and not read from it any more later', async () => {
    const database = await createTestDatabase();
    try {
      for (const months of [24, 12]) {
        const node = await startNode({ COVENANT_FILE: temporaryFile(withMonths(months)) }, database);
        try {
          const current = await node.app.get(Covenants, { strict: false }).current();
          expect([current.version, current.document.retentionMonths]).toEqual([1, 24]);
          expect(await node.dataSource.manager.count(Covenant)).toBe(1);
        } finally {
          await node.stop();
        }
      }
    } finally {
      await database.drop();
    }
  });

  it('stops the boot when it is not valid, with a message for whoever wrote it', async () => {
    const database = await createTestDatabase();
    try {
      await expect(startNode({ COVENANT_FILE: temporaryFile(withMonths(36)) }, database)).rejects.toThrow(
        'ten hoogste 24 maanden',
      );
      await expect(startNode({ COVENANT_FILE: '/nergens/covenant.yaml' }, database)).rejects.toThrow(
        'COVENANT_FILE',
      );
    } finally {
      await database.drop();
    }
  });

  it('is shown to everybody with a role', async () => {
    const node = await startNode();
    try {
      const { body } = await (await node.as('mn-politie')).get('/covenant').expect(200);
      expect(body).toMatchObject({
        version: 1,
        effectiveFrom: '2026-11-24',
        document: { name: 'Verwijsindex Midden Nederland', shortName: 'MN', retentionMonths: 24 },
      });
    } finally {
      await node.stop();
    }
  });
});
