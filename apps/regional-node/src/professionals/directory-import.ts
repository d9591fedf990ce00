import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { DataSource } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Organisation, Professional } from '../directory/index.js';
import { readDocumentFile } from '../documents/index.js';
import { readDirectory } from './directory-document.js';

/**
 * Takes over at boot what the directory file has and the database has not. What is there already stays as people
 * changed it since, but for the names of organisations.
 */
@Injectable()
export class DirectoryImport implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly config: RegionalNodeConfig,
    private readonly logger: ProgramLogger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.import(readDocumentFile('DIRECTORY_FILE', this.config.directoryFile));
  }

  /** @throws InvalidDocument, and then nothing of it is taken over. */
  async import(text: string): Promise<void> {
    const { organisations, professionals } = readDirectory(text);
    await this.dataSource.transaction(async (manager) => {
      // several instances of a node may start at once
      await manager.query('lock table organisation in share row exclusive mode');
      const knownOrganisations = new Map(
        (await manager.find(Organisation)).map(({ id, name }) => [id, name]),
      );
      const newOrganisations = organisations.filter(({ id }) => !knownOrganisations.has(id));
      await manager.insert(
        Organisation,
        newOrganisations.map(({ locations = [], ...organisation }) => ({ ...organisation, locations })),
      );
      for (const { id, name } of organisations) {
        if (knownOrganisations.has(id) && knownOrganisations.get(id) !== name) {
          await manager.update(Organisation, { id }, { name });
        }
      }
      const subjects = new Set(
        (await manager.find(Professional, { select: { subject: true } })).map((p) => p.subject),
      );
      const newProfessionals = professionals.filter(({ subject }) => !subjects.has(subject));
      await manager.insert(
        Professional,
        newProfessionals.map(({ organisation, location, municipality, ...professional }) => ({
          ...professional,
          id: randomUUID(),
          organisationId: organisation,
          locationId: location ?? null,
          municipality: municipality ?? null,
          contactConfirmedOn: dayInAmsterdam(this.clock.now()),
        })),
      );
      const counts = { organisations: newOrganisations.length, professionals: newProfessionals.length };
      if (counts.organisations + counts.professionals === 0) return;
      await this.audit.record(manager, SYSTEM, 'directory-imported', counts);
      this.logger.event('directory-imported', counts);
    });
  }
}
