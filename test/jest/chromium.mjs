import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The browser for the tests of the screens: CHROMIUM, or `chromium` in PATH; undefined when there is none. */
export function chromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : folders.map((folder) => path.join(folder, 'chromium'));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
