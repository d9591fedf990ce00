import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only this account can read, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}
