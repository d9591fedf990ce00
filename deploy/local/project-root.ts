import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of the checkout or image: the nearest one above this file with a package.json, seen from source and from dist. */
export const PROJECT_ROOT: string = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
})();

/** A compiled file of this project, by its source path: `compiled('apps/key-holder/src/main.ts')`. */
export const compiled = (source: string): string =>
  path.join(PROJECT_ROOT, 'dist', source.replace(/\.ts$/, '.js'));
