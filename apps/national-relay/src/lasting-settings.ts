import { checkSettings } from '#libs/database';
import { DataSource } from 'typeorm';
import { relayDatabase } from './app.module.js';
import type { RelayConfig } from './config.js';
import { Match } from './matches/index.js';
import { Pepper } from './pepper/index.js';
import { Tag } from './tags/index.js';

const SOME = 20;

/** Refuses another pepper than the one whose tags are in this database. @throws ConfigurationError */
export async function checkLastingSettings({ databaseUrl, pepper: key }: RelayConfig): Promise<void> {
  const pepper = new Pepper(key);
  const dataSource = await new DataSource(relayDatabase(databaseUrl)).initialize();
  try {
    await checkSettings(
      dataSource,
      [
        {
          variable: 'PEPPER',
          value: Buffer.from(key, 'base64'),
          // a tag alone proves nothing: what it was before the pepper is kept nowhere
          proofs: async (manager) =>
            (await manager.find(Match, { order: { foundAt: 'asc' }, take: SOME })).map((match) =>
              pepper
                .matchId(
                  { region: match.regionA, handle: match.handleA },
                  { region: match.regionB, handle: match.handleB },
                )
                .equals(match.matchId),
            ),
        },
      ],
      async (manager) => !(await manager.exists(Tag)),
    );
  } finally {
    await dataSource.destroy();
  }
}
