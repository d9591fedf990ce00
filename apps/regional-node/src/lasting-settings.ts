import { Bsn } from '#libs/bsn';
import { checkSettings } from '#libs/database';
import { SealingKey } from '#libs/sealing';
import { DataSource, type EntityManager } from 'typeorm';
import { nodeDatabase } from './app.module.js';
import type { RegionalNodeConfig } from './config.js';
import { BlindIndex } from './keys/index.js';

const SOME = 20;

/** Refuses the keys or the name of another node than the one whose database this is. @throws ConfigurationError */
export async function checkLastingSettings(config: RegionalNodeConfig): Promise<void> {
  const [sealingKey, blindIndex] = [new SealingKey(config.nodeKey), new BlindIndex(config.indexKey)];
  const dataSource = await new DataSource(nodeDatabase(config.databaseUrl)).initialize();
  try {
    await checkSettings(
      dataSource,
      [
        {
          variable: 'REGION',
          value: Buffer.from(config.region),
          proofs: async (manager) => {
            const mails = await manager.query<{ id: string }[]>(
              `select message_id as id from mail where message_id like '%.verwijsindex' order by created_at limit ${SOME}`,
            );
            return mails.map(({ id }) => id.endsWith(`@${config.region}.verwijsindex`));
          },
        },
        {
          variable: 'NODE_KEY',
          value: Buffer.from(config.nodeKey, 'base64'),
          proofs: async (manager) =>
            (await sealedValues(manager)).map(({ purpose, sealed }) => opens(sealingKey, purpose, sealed)),
        },
        {
          variable: 'INDEX_KEY',
          value: Buffer.from(config.indexKey, 'base64'),
          proofs: async (manager) => [
            ...(await probes(manager)).map(({ peer, turn, index }) =>
              blindIndex.ofProbe(peer, turn).equals(index),
            ),
            ...(await sealedValues(manager)).flatMap(({ purpose, sealed, index }) =>
              index && opens(sealingKey, purpose, sealed)
                ? [
                    blindIndex
                      .of('youth', Bsn.parse(sealingKey.open(purpose, sealed).toString()))
                      .equals(index),
                  ]
                : [],
            ),
          ],
        },
      ],
      isEmpty,
    );
  } finally {
    await dataSource.destroy();
  }
}

function opens(key: SealingKey, purpose: string, sealed: Buffer): boolean {
  try {
    key.open(purpose, sealed);
    return true;
  } catch {
    return false;
  }
}

/** The oldest of what is sealed, of youths with their blind index. */
const sealedValues = (
  manager: EntityManager,
): Promise<{ purpose: string; sealed: Buffer; index: Buffer | null }[]> =>
  manager.query(`
    (select 'youth-bsn/' || id as purpose, bsn_sealed as sealed, bsn_index as index from youth
       where bsn_sealed is not null order by created_at limit ${SOME})
    union all
    (select 'archived-bsn/' || id, bsn_sealed, youth_index from archived_signal order by filed_at limit ${SOME})
    union all
    (select 'signal-description/' || signal_id, description_sealed, null from signal_description limit ${SOME})
    union all
    (select 'handle-secret/' || encode(handle, 'hex'), secret, null from handle
       where secret is not null order by created_at limit ${SOME})`);

const probes = async (manager: EntityManager) =>
  (
    await manager.query<{ peer: string; turn: string; index: Buffer }[]>(
      `select peer_region as peer, turn, person_index as index from probe order by turned_at limit ${SOME}`,
    )
  ).map((probe) => ({ ...probe, turn: Number(probe.turn) }));

async function isEmpty(manager: EntityManager): Promise<boolean> {
  const [{ empty }] = await manager.query<[{ empty: boolean }]>(`
    select not exists (select from signal) and not exists (select from archived_signal)
       and not exists (select from handle) and not exists (select from mail) as empty`);
  return empty;
}
