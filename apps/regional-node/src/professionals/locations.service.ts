import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { Audit } from '../audit/index.js';
import { HELD, Organisation, organisationOf, Professional } from '../directory/index.js';
import { Matches } from '../matches/index.js';
import { MunicipalityWarnings, refuseUnlessAccepted } from '../municipality-warnings/index.js';
import type { LocationFields } from './dto/location.dto.js';

/** The places where people of an organisation work, which its coordinator keeps. */
@Injectable()
export class LocationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly warnings: MunicipalityWarnings,
    private readonly audit: Audit,
  ) {}

  async list(coordinator: Professional): Promise<LocationFields[]> {
    return (await organisationOf(this.dataSource.manager, coordinator)).locations;
  }

  /** Says which locations there are. Who works at one that is gone works at none; whoever matches people there learns of the change. */
  async set(
    coordinator: Professional,
    locations: readonly LocationFields[],
    accepted?: readonly string[],
  ): Promise<LocationFields[]> {
    const { organisationId } = coordinator;
    const now = locations.map(({ id, name, municipality, phone }) => ({ id, name, municipality, phone }));
    await this.dataSource.transaction(async (manager) => {
      // people before organisations, and in one order: others hold them so too
      const people = await manager.find(Professional, {
        where: { organisationId, locationId: Not(IsNull()) },
        order: { id: 'asc' },
        lock: HELD,
      });
      const before = (await organisationOf(manager, coordinator)).locations;
      const entered = now.filter(
        (each) => !before.some(({ municipality }) => municipality === each.municipality),
      );
      refuseUnlessAccepted(
        [...new Set(entered.map(({ municipality }) => municipality))].flatMap((code) =>
          this.warnings.ofCode(code),
        ),
        accepted,
      );
      await manager.update(Organisation, { id: organisationId }, { locations: now });
      const homeless = people.filter(({ locationId }) => !now.some(({ id }) => id === locationId));
      await manager.update(Professional, { id: In(homeless.map(({ id }) => id)) }, { locationId: null });
      await this.audit.record(manager, coordinator.id, 'locations-changed', { locations: now.length });
      await this.matches.retell(manager, ...people);
    });
    this.matches.wake();
    return now;
  }
}
