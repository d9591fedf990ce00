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
  it('becomes a new version at boot only when its text differs, and all versions are kept', async () => {
    const database = await createTestDatabase();
    try {
      for (const [months, version] of [
        [24, 1],
        [24, 1],
        [12, 2],
        [24, 3],
      ]) {
        const node = await startNode({ COVENANT_FILE: temporaryFile(withMonths(months!)) }, database);
        try {
          const current = await node.app.get(Covenants, { strict: false }).current();
          expect([current.version, current.document.retentionMonths]).toEqual([version, months]);
          expect(await node.dataSource.manager.count(Covenant)).toBe(version);
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
        activatedAt: '2026-11-24T10:00:00.000Z',
        document: { name: 'Verwijsindex Midden Nederland', shortName: 'MN', retentionMonths: 24 },
      });
    } finally {
      await node.stop();
    }
  });
});
