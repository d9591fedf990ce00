import { existsSync, readFileSync } from 'node:fs';

/** The version of this software, from the package.json above the running code: a built tree lies deeper than the sources. */
export function softwareVersion(): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder);
  return (JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string }).version;
}
