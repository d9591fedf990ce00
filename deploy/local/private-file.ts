import { chmodSync, chownSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** Writes a file that only this account can read, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

/** Gives a file another text, whole or not at all; whose it is and who may read it stays. @throws when there is no such file */
export function replaceText(file: string, text: string): void {
  const { mode, uid, gid } = statSync(file);
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  chownSync(unfinished, uid, gid);
  chmodSync(unfinished, mode);
  renameSync(unfinished, file);
}
