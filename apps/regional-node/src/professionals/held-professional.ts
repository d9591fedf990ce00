import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { Professional } from '../directory/index.js';

/** A professional whose row is held until the transaction ends, so that nobody files a signal in their name meanwhile. */
export const held = (manager: EntityManager, id: string): Promise<Professional | null> =>
  isUUID(id)
    ? manager.findOne(Professional, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : Promise.resolve(null);
