import { LoginSession } from '#libs/login';
import { invalidField } from '#libs/problems';
import type { EntityManager } from 'typeorm';
import { HELD, Professional } from '../directory/index.js';
import { UnknownLogin } from './unknown-login.entity.js';

/**
 * Gives a person another login: every row with the old subject gets the new one, and the old sessions end.
 * Somebody who still has the old login is unknown from then on.
 * @returns ids of the rows
 * @throws Problem `invalid-input` when somebody has the new subject
 */
export async function changeLogin(manager: EntityManager, from: string, to: string): Promise<string[]> {
  await refuseTaken(manager, to);
  const rows = await manager.find(Professional, {
    where: { subject: from },
    order: { id: 'asc' },
    lock: HELD,
  });
  // whether the new login works is not known yet
  await manager.update(Professional, { subject: from }, { subject: to, firstLoginAt: null });
  await manager.delete(LoginSession, { subject: from });
  await manager.delete(UnknownLogin, { subject: to });
  return rows.map(({ id }) => id);
}

/** @throws Problem `invalid-input` when somebody has this subject */
export async function refuseTaken(manager: EntityManager, subject: string): Promise<void> {
  if (await manager.existsBy(Professional, { subject }))
    throw invalidField('subject', 'taken', 'Dit kenmerk is al van iemand.');
}
