import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { ArchivedSignal } from '../archive/index.js';
import { contactOf, locationOf, Organisation, Professional } from '../directory/index.js';
import { Municipalities } from '../municipalities/index.js';
import { Signal } from '../youths/index.js';
import type { Concern } from './competence.js';
import type { KeptElsewhere } from './dto/erasure.dto.js';
import type { ArchivedSignalShown, KeptSignal } from './dto/overview.dto.js';

/** Somebody who filed, with the municipality that made the agreement, by the code that is used today. */
export interface Filer {
  professional: Professional;
  organisation: Organisation;
  municipality: string | null;
}

/** Reads what is kept, and by whom it was filed, for people to read. */
@Injectable()
export class KeptSignals {
  constructor(private readonly municipalities: Municipalities) {}

  async of(
    manager: EntityManager,
    concerns: readonly Concern[],
  ): Promise<{ signals: KeptSignal[]; archived: ArchivedSignalShown[] }> {
    const ids = (archived: boolean) =>
      concerns.filter((each) => each.archived === archived).map(({ id }) => id);
    const order = { filedAt: 'asc', number: 'asc' } as const;
    const signals = await manager.find(Signal, { where: { id: In(ids(false)) }, order });
    const archived = await manager.find(ArchivedSignal, { where: { id: In(ids(true)) }, order });
    const filers = await this.filers(
      manager,
      [...signals, ...archived].map(({ professionalId }) => professionalId),
    );
    const filer = (professionalId: string) => {
      const { professional, organisation } = filers.get(professionalId)!;
      const { name, function: function_, organisation: of } = contactOf(professional, organisation);
      return { name, function: function_, organisation: of };
    };
    return {
      signals: signals.map(({ number, professionalId, filedAt, removalDate }) => ({
        ...{ number, ...filer(professionalId) },
        ...{ filedAt: filedAt.toISOString(), removalDate },
      })),
      archived: archived.map(({ number, professionalId, filedAt, endedAt, destroyOn }) => ({
        ...{ number, ...filer(professionalId), filedAt: filedAt.toISOString() },
        ...{ endedAt: endedAt.toISOString(), destroyOn },
      })),
    };
  }

  /** Which college decides about these, by the name of its municipality. */
  async elsewhere(manager: EntityManager, concerns: readonly Concern[]): Promise<KeptElsewhere[]> {
    const ids = concerns.map(({ id }) => id);
    const order = { filedAt: 'asc', number: 'asc' } as const;
    const kept = [
      ...(await manager.find(Signal, { where: { id: In(ids) }, order })),
      ...(await manager.find(ArchivedSignal, { where: { id: In(ids) }, order })),
    ];
    const filers = await this.filers(
      manager,
      kept.map(({ professionalId }) => professionalId),
    );
    return kept.map(({ number, professionalId }) => {
      const { organisation, municipality } = filers.get(professionalId)!;
      return {
        ...{ number, organisation: organisation.name },
        ...(municipality === null ? {} : { municipality: this.municipalities.table().nameOf(municipality) }),
      };
    });
  }

  async filers(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Filer>> {
    const professionals = await manager.findBy(Professional, { id: In(ids) });
    const organisations = await manager.findBy(Organisation, {
      id: In(professionals.map(({ organisationId }) => organisationId)),
    });
    return new Map(
      professionals.map((professional) => {
        const organisation = organisations.find(({ id }) => id === professional.organisationId)!;
        const municipality = this.municipalities.now(
          locationOf(professional, organisation)?.municipality ?? organisation.municipality,
        );
        return [professional.id, { professional, organisation, municipality }];
      }),
    );
  }
}
