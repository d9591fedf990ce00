import { ArrayContains, type EntityManager } from 'typeorm';
import { Organisation } from './organisation.entity.js';
import { Professional } from './professional.entity.js';

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
