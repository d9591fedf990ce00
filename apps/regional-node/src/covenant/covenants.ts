import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { readDocumentFile } from '../documents/index.js';
import { readCovenant } from './covenant-document.js';
import { Covenant } from './covenant.entity.js';

/** Keeps the versions of the covenant. At boot the file becomes a new version when its text differs from the newest. */
@Injectable()
export class Covenants implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly config: RegionalNodeConfig,
    private readonly logger: ProgramLogger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.activate(readDocumentFile('COVENANT_FILE', this.config.covenantFile));
  }

  /** The covenant in force. */
  async current(manager: EntityManager = this.dataSource.manager): Promise<Covenant> {
    const covenant = await newest(manager);
    if (!covenant) throw new Error('no covenant is in force');
    return covenant;
  }

  /** Puts a covenant in force, unless it is already. @throws InvalidDocument */
  async activate(text: string): Promise<void> {
    const document = readCovenant(text);
    const sourceHash = createHash('sha256').update(text).digest();
    await this.dataSource.transaction(async (manager) => {
      // several instances of a node may start at once
      await manager.query('lock table covenant in share row exclusive mode');
      const before = await newest(manager);
      if (before?.sourceHash.equals(sourceHash)) return;
      const version = (before?.version ?? 0) + 1;
      await manager.insert(Covenant, { version, document, sourceHash, activatedAt: this.clock.now() });
      await this.audit.record(manager, SYSTEM, 'covenant-activated', { version });
      this.logger.event('covenant-activated', { version });
    });
  }
}

const newest = (manager: EntityManager): Promise<Covenant | null> =>
  manager.findOne(Covenant, { where: {}, order: { version: 'desc' } });
