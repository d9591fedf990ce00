import { NAMES } from './names.js';

/** The municipalities of the table that comes with the software, in use on its day, by code: all that a browser needs of it. */
export const presentMunicipalities = (): { code: string; name: string }[] =>
  NAMES.trim()
    .split('\n')
    .map((line) => ({ code: line.slice(0, 4), name: line.slice(5) }));
