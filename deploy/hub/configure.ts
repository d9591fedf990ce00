import { existsSync } from 'node:fs';
import { type RegionRegister } from '#libs/protocol';
import { writePrivate } from '../local/private-file.js';
import { hubConfiguration, storeQuota, type HubConfigurationOptions } from './hub-configuration.js';

/** What the operator of a hub decides; the rest follows from the register. */
export type HubPlace = Omit<HubConfigurationOptions, 'register' | 'maxFileStore'> & { maxFileStore?: number };

const FIELDS = ['serverName', 'listen', 'monitor', 'tls', 'storeDir', 'pidFile'] as const;

/**
 * Writes the first configuration of a hub, with room for the streams as the disk allows.
 * @returns bytes that the streams may take
 * @throws when something is missing, or there is a configuration already
 */
export function configureHub(file: string, register: RegionRegister, place: HubPlace): number {
  const missing = FIELDS.filter((name) => place[name] === undefined);
  if (missing.length > 0) throw new Error(`what is missing of the hub: ${missing.join(', ')}`);
  if (existsSync(file)) throw new Error(`${file} is there already, and is not replaced`);
  const maxFileStore = storeQuota(place.storeDir, place.maxFileStore);
  writePrivate(file, hubConfiguration({ ...place, register, maxFileStore }));
  return maxFileStore;
}
