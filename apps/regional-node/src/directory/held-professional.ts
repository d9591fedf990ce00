import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { Professional } from './professional.entity.js';

/**
 * Holds professionals until the transaction ends, so that nobody files a signal in their name meanwhile. What only names them may be
 * written: who ends a signal holds the youth already, and would wait for whoever changes contact data and wants that youth next.
 */
export const HELD = { mode: 'for_no_key_update' } as const;

/** A professional who is held, see {@link HELD}. */
export const held = (manager: EntityManager, id: string): Promise<Professional | null> =>
  isUUID(id) ? manager.findOne(Professional, { where: { id }, lock: HELD }) : Promise.resolve(null);
