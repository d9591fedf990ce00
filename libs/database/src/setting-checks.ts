import { createHmac } from 'node:crypto';
import { ConfigurationError } from '#libs/configuration';
import { Column, Entity, PrimaryColumn, type DataSource, type EntityManager } from 'typeorm';

/** By what a later start knows that a setting is the one that this database was made with. */
@Entity('setting_check')
export class SettingCheck {
  /** Name of the environment variable. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'setting_check_pkey' }) variable: string;
  /** HMAC-SHA256 under the setting: equal for equal settings, and tells nothing of a key. */
  @Column('bytea') value: Buffer;
}

export const settingCheckSql = `
  create table setting_check (
    variable text not null,
    value bytea not null,
    constraint setting_check_pkey primary key (variable)
  )`;

/** A setting that a database cannot do with another value of. */
export interface LastingSetting {
  variable: string;
  value: Buffer;
  /** For each of some things that are stored, the oldest first: whether it is of this setting. */
  proofs: (manager: EntityManager) => Promise<boolean[]>;
}

/**
 * Refuses a setting other than the one that the database was made with: going on would store what can never be read together with
 * what is there. What there is to know it by is kept only once something stored proved the setting, or where nothing is stored yet; else a
 * wrong key at the upgrade would become the right one.
 * @param isEmpty whether nothing is stored yet
 * @throws ConfigurationError
 */
export async function checkSettings(
  dataSource: DataSource,
  settings: readonly LastingSetting[],
  isEmpty: (manager: EntityManager) => Promise<boolean>,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    // of two programs that start at once, the second finds what the first one keeps
    await manager.query('lock table setting_check in exclusive mode');
    const empty = await isEmpty(manager);
    for (const { variable, value, proofs } of settings) {
      const own = createHmac('sha256', value).update('setting').digest();
      const kept = await manager.findOneBy(SettingCheck, { variable });
      if (kept && !kept.value.equals(own)) throw refused(variable);
      if (kept) continue;
      const proved = await proofs(manager);
      // one row may be damaged; under a wrong setting none is right
      if (proved.length > 0 && !proved.includes(true)) throw refused(variable);
      if (proved.length > 0 || empty) await manager.insert(SettingCheck, { variable, value: own });
    }
  });
}

const refused = (variable: string): ConfigurationError =>
  new ConfigurationError(
    `${variable}: is not the one that this database was made with; set it to the former value, or DATABASE_URL to the database that belongs to it. Nothing was changed.`,
  );
