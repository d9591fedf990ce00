import { ArrayContains, In, type EntityManager } from 'typeorm';
import { Absence } from './absence.entity.js';
import { Organisation } from './organisation.entity.js';
import { Professional } from './professional.entity.js';
import { standInFor } from './rules/stand-in.rule.js';

/** Who is behind a login; null for somebody this node does not know. */
export const professionalOf = (manager: EntityManager, subject: string): Promise<Professional | null> =>
  manager.findOneBy(Professional, { subject });

/** The organisation of a professional. */
export const organisationOf = (manager: EntityManager, professional: Professional): Promise<Organisation> =>
  manager.findOneByOrFail(Organisation, { id: professional.organisationId });

/** The process managers of a municipality, who follow up on matches there (Jeugdwet 7.1.3.2), in a steady order. */
export const processManagersOf = (
  manager: EntityManager,
  municipalityCode: string,
): Promise<Professional[]> =>
  manager.find(Professional, {
    where: { municipality: municipalityCode, roles: ArrayContains(['process-manager']) },
    order: { name: 'asc', id: 'asc' },
  });

/** The absences of these professionals, and those of their replacements. */
export async function absencesAround(
  manager: EntityManager,
  professionalIds: readonly string[],
): Promise<Absence[]> {
  const own = await manager.findBy(Absence, { professionalId: In([...professionalIds]) });
  const replacements = own.flatMap(({ replacementId }) =>
    replacementId !== null && !professionalIds.includes(replacementId) ? [replacementId] : [],
  );
  return [...own, ...(await manager.findBy(Absence, { professionalId: In(replacements) }))];
}

/** Ids of the colleagues for whom somebody stands in on a day. */
export async function standsInFor(
  manager: EntityManager,
  professionalId: string,
  day: string,
): Promise<string[]> {
  const theirs = await manager.findBy(Absence, { replacementId: professionalId });
  const absent = theirs.map((absence) => absence.professionalId);
  const absences = await absencesAround(manager, absent);
  return absent.filter((id) => standInFor(id, absences, day) === professionalId);
}
