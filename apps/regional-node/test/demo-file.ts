import { fileURLToPath } from 'node:url';

/** A file of the demonstration, as its path. */
export const demoFile = (region: string, name: 'covenant' | 'directory'): string =>
  fileURLToPath(new URL(`../../../deploy/local/demo/${region}/${name}.yaml`, import.meta.url));
