import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What `npm run region` works with, as absolute paths. What is missing is on another machine. */
export interface RegionSettings {
  /** The signed register in force; the relay's REGISTER_FILE where that is on this machine. */
  register: string;
  /** Public key of the national coordinator. */
  coordinatorKey: string;
  /** Its key pair. Only where it signs. */
  coordinator?: string;
  /** The hub's configuration. Only where the hub runs. */
  hub?: string;
  /** Address of the relay. Only where the hub runs. */
  relay?: string;
  /** Certificate authority of a demonstration, with its private key. */
  authority?: string;
}

const FILES = ['register', 'coordinator', 'hub', 'authority'] as const;
const REQUIRED = ['register', 'coordinatorKey'] as const;
const KNOWN: readonly string[] = [...FILES, 'coordinatorKey', 'relay'];

/** Reads the settings; names of files in it are as seen from its folder. @throws naming what is missing or wrong */
export function readSettings(file: string): RegionSettings {
  const read = readJson(file) as Record<string, unknown>;
  const wrong = Object.entries(read).flatMap(([name, value]) => {
    if (!KNOWN.includes(name)) return [`${name} is no setting`];
    return typeof value === 'string' && value !== '' ? [] : [`${name} must be a text`];
  });
  const missing = REQUIRED.filter((name) => read[name] === undefined).map((name) => `${name} is missing`);
  if (wrong.length + missing.length > 0) throw new Error(`${file}: ${[...missing, ...wrong].join('; ')}`);
  const settings = read as unknown as RegionSettings;
  const folder = path.dirname(path.resolve(file));
  for (const name of FILES) if (settings[name]) settings[name] = path.resolve(folder, settings[name]);
  return settings;
}

/** Reads a JSON file. @throws with a message that names the file */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${file} is not there or cannot be read`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON`);
  }
}
