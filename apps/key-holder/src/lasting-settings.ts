import { checkSettings } from '#libs/database';
import { SealingKey } from '#libs/sealing';
import { DataSource } from 'typeorm';
import { keyHolderDatabase } from './app.module.js';
import { EpochKey, purposeOf } from './ceremony/index.js';
import type { KeyHolderConfig } from './config.js';

/** Refuses the key of another key holder than the one whose database this is. @throws ConfigurationError */
export async function checkLastingSettings(config: KeyHolderConfig): Promise<void> {
  const sealingKey = new SealingKey(config.shareKey);
  const opens = (what: 'ceremony' | 'share', epoch: number, sealed: Buffer): boolean => {
    try {
      sealingKey.open(purposeOf(config.keyHolder, what, epoch), sealed);
      return true;
    } catch {
      return false;
    }
  };
  const dataSource = await new DataSource(keyHolderDatabase(config.databaseUrl)).initialize();
  try {
    await checkSettings(
      dataSource,
      [
        {
          variable: 'SHARE_KEY',
          value: Buffer.from(config.shareKey, 'base64'),
          proofs: async (manager) =>
            (await manager.find(EpochKey, { order: { epoch: 'asc' } })).flatMap(
              ({ epoch, shareSealed, stateSealed }) => [
                ...(shareSealed ? [opens('share', epoch, shareSealed)] : []),
                ...(stateSealed ? [opens('ceremony', epoch, stateSealed)] : []),
              ],
            ),
        },
      ],
      async (manager) => !(await manager.exists(EpochKey)),
    );
  } finally {
    await dataSource.destroy();
  }
}
