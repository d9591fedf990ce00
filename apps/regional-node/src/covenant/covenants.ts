import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { DataSource, IsNull, MoreThan, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { readDocumentFile } from '../documents/index.js';
import { readCovenant, type CovenantDocument, type CovenantOrganisation } from './covenant-document.js';
import { Covenant } from './covenant.entity.js';
import { gainedBsn, withoutGainedBsn } from './rules/bsn-rights.rule.js';
import { covenantInForce, type DatedVersion } from './rules/covenant-in-force.rule.js';

/** A version that counts, with what it says. */
export interface CovenantVersion extends DatedVersion {
  document: CovenantDocument;
}

/** The covenants of a region through time. */
export interface CovenantHistory {
  /** The covenant in force at a moment; the first one for moments before it. */
  at(moment: Date): CovenantVersion;
}

/**
 * Tells which covenant is in force. The first version comes from the file; further ones are scheduled by an operator (`covenant-changes`),
 * and from then on the file is not read any more.
 */
@Injectable()
export class Covenants implements OnModuleInit {
  /** What a version says never changes. */
  private readonly documents = new Map<number, CovenantDocument>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly config: RegionalNodeConfig,
    private readonly logger: ProgramLogger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.begin();
  }

  /** The covenant in force now. */
  async current(manager: EntityManager = this.dataSource.manager): Promise<CovenantVersion> {
    return (await this.history(manager)).at(this.clock.now());
  }

  /** The versions that are to be in force, the next one first. */
  async toCome(manager: EntityManager): Promise<CovenantVersion[]> {
    const effectiveFrom = MoreThan(dayInAmsterdam(this.clock.now()));
    return manager.find(Covenant, {
      select: { version: true, effectiveFrom: true, document: true },
      where: { withdrawnAt: IsNull(), effectiveFrom },
      order: { effectiveFrom: 'asc' },
    });
  }

  async history(manager: EntityManager = this.dataSource.manager): Promise<CovenantHistory> {
    const versions = await this.counting(manager);
    return {
      at: (moment) => {
        const inForce = covenantInForce(versions, dayInAmsterdam(moment));
        if (!inForce) throw new Error('no covenant is in force');
        return inForce;
      },
    };
  }

  /** The organisations whose right to the BSN in a version waits for a second operator. */
  async bsnUnconfirmed(manager: EntityManager, version: number): Promise<CovenantOrganisation[]> {
    const counting = (await this.counting(manager)).find((each) => each.version === version);
    return counting ? gainedBsn(this.documents.get(version)!, counting.document) : [];
  }

  /** The versions that were not withdrawn, as they count: without a right to the BSN that one operator alone gave. */
  private async counting(manager: EntityManager): Promise<CovenantVersion[]> {
    const versions = await manager.find(Covenant, {
      select: { version: true, effectiveFrom: true, bsnConfirmedAt: true },
      where: { withdrawnAt: IsNull() },
      order: { effectiveFrom: 'asc', version: 'asc' },
    });
    const counting: CovenantVersion[] = [];
    for (const { version, effectiveFrom, bsnConfirmedAt } of versions) {
      if (!this.documents.has(version))
        this.documents.set(version, (await manager.findOneByOrFail(Covenant, { version })).document);
      const written = this.documents.get(version)!;
      const before = counting.at(-1)?.document;
      // the first one came with the node
      const document = bsnConfirmedAt || !before ? written : withoutGainedBsn(written, before);
      counting.push({ version, effectiveFrom, document });
    }
    return counting;
  }

  /** Makes the file the first version, unless there is one. @throws InvalidDocument */
  private async begin(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // several instances of a node may start at once
      await manager.query('lock table covenant in share row exclusive mode');
      if (await manager.existsBy(Covenant, {})) return;
      const document = readCovenant(readDocumentFile('COVENANT_FILE', this.config.covenantFile));
      const now = this.clock.now();
      await manager.insert(Covenant, {
        ...{ version: 1, document, effectiveFrom: dayInAmsterdam(now) },
        ...{ recordedAt: now, activatedAt: now },
      });
      await this.audit.record(manager, SYSTEM, 'covenant-activated', { version: 1 });
      this.logger.event('covenant-activated', { version: 1 });
    });
  }
}
