import type { Professional } from '../directory/index.js';

/** A process manager places the youths who moved to their own municipality (Jeugdwet 7.1.2.3 sub g). */
export const mayPlace = (processManager: Professional, municipality: string): boolean =>
  processManager.municipality !== null && processManager.municipality === municipality;
