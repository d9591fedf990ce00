import { ArrayContains, In, type EntityManager } from 'typeorm';
import { Absence } from './absence.entity.js';
import { Organisation } from './organisation.entity.js';
import { Professional } from './professional.entity.js';
import { standInFor } from './rules/stand-in.rule.js';

/** The designations of a person, also those that are over, by the name of the organisation; none for somebody this node does not know. */
export const designationsOf = (manager: EntityManager, subject: string): Promise<Professional[]> =>
  manager
    .createQueryBuilder(Professional, 'professional')
    .innerJoin(Organisation, 'organisation', 'organisation.id = professional.organisationId')
    .where({ subject })
    .orderBy({ 'organisation.name': 'ASC', 'organisation.id': 'ASC' })
    .getMany();

/** Ids of all designations of a person: what counts per person counts over these. */
export const idsOfPerson = async (
  manager: EntityManager,
  { subject }: Pick<Professional, 'subject'>,
): Promise<string[]> =>
  (await manager.find(Professional, { select: { id: true }, where: { subject } })).map(({ id }) => id);

/** The organisation of a professional. */
export const organisationOf = (manager: EntityManager, professional: Professional): Promise<Organisation> =>
  manager.findOneByOrFail(Organisation, { id: professional.organisationId });

/**
 * The process managers of a municipality and their deputies, who follow up on matches there (Jeugdwet 7.1.3.2), in a steady order.
 * @param codes every code that stands for the municipality
 */
export async function processManagersOf(
  manager: EntityManager,
  codes: readonly string[],
): Promise<Professional[]> {
  const own = await manager.find(Professional, {
    where: { municipality: In([...codes]), roles: ArrayContains(['process-manager']) },
    order: { name: 'asc', id: 'asc' },
  });
  const known = new Set(own.map(({ id }) => id));
  const deputyIds = own.flatMap(({ deputyId }) =>
    deputyId === null || known.has(deputyId) ? [] : [deputyId],
  );
  const deputies = await manager.find(Professional, {
    where: { id: In(deputyIds), roles: ArrayContains(['process-manager']) },
    order: { name: 'asc', id: 'asc' },
  });
  return [...own, ...deputies];
}

/** The municipalities for which a process manager acts: their own, and those for which they are deputy; null for the whole region. */
export async function municipalitiesOf(
  manager: EntityManager,
  { id, municipality }: Professional,
): Promise<(string | null)[]> {
  const deputyOf = await manager.findBy(Professional, {
    deputyId: id,
    roles: ArrayContains(['process-manager']),
  });
  return [municipality, ...deputyOf.map((each) => each.municipality)];
}

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
