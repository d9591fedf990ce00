import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import type { InvalidParam } from '#libs/problems';
import { DataSource } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants, functionFault, functionsOf, type CovenantDocument } from '../covenant/index.js';
import { Organisation, Professional } from '../directory/index.js';
import { InvalidDocument, readDocumentFile } from '../documents/index.js';
import { readDirectory, type DirectoryDocument } from './directory-document.js';

/**
 * Fills the database from the directory file when a node starts for the first time. From then on the database rules: people come and go on the
 * screens and by command, and the file is not read any more.
 */
@Injectable()
export class DirectoryImport implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly config: RegionalNodeConfig,
    private readonly logger: ProgramLogger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.begin();
  }

  /** @throws InvalidDocument, and then nothing of it is taken over. */
  private async begin(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // several instances of a node may start at once
      await manager.query('lock table organisation in share row exclusive mode');
      if (await manager.existsBy(Professional, {})) return;
      const file = readDocumentFile('DIRECTORY_FILE', this.config.directoryFile);
      const directory = readDirectory(file);
      const { document } = await this.covenants.current(manager);
      const unlisted = unlistedFunctions(document, directory);
      if (unlisted.length > 0) throw new InvalidDocument('Het adresboek', unlisted);
      const { organisations, professionals } = directory;
      const known = new Set((await manager.find(Organisation, { select: { id: true } })).map(({ id }) => id));
      const newOrganisations = organisations.filter(({ id }) => !known.has(id));
      await manager.insert(
        Organisation,
        newOrganisations.map(({ locations = [], ...organisation }) => ({ ...organisation, locations })),
      );
      await manager.insert(
        Professional,
        professionals.map(({ organisation, location, municipality, ...professional }) => ({
          ...professional,
          id: randomUUID(),
          organisationId: organisation,
          locationId: location ?? null,
          municipality: municipality ?? null,
          contactConfirmedOn: dayInAmsterdam(this.clock.now()),
        })),
      );
      const counts = { organisations: newOrganisations.length, professionals: professionals.length };
      await this.audit.record(manager, SYSTEM, 'directory-imported', counts);
      this.logger.event('directory-imported', counts);
    });
  }
}

/** Who has a function that the covenant does not list. */
const unlistedFunctions = (
  covenant: CovenantDocument,
  { organisations, professionals }: DirectoryDocument,
): InvalidParam[] =>
  professionals.flatMap((person, place) => {
    const organisation = organisations.find(({ id }) => id === person.organisation)!;
    const listed = functionsOf(covenant, organisation);
    return functionFault(`professionals[${place}].function`, person.function, listed) ?? [];
  });
