import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { invalidField, Problem } from '#libs/problems';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { isConfirmedOnMachine, mayConfirm, operatorsOf } from '../appointments/index.js';
import { Audit, MACHINE, type AuditActor } from '../audit/index.js';
import {
  Covenant,
  Covenants,
  otherKindsOf,
  readCovenant,
  writeCovenant,
  type CovenantDocument,
} from '../covenant/index.js';
import { Organisation, Professional } from '../directory/index.js';
import { InvalidDocument } from '../documents/index.js';
import type {
  CheckedCovenant,
  CovenantVersionRead,
  CovenantVersionShown,
  ScheduleCovenantRequest,
} from './dto/covenant-changes.dto.js';
import { MunicipalityWarnings, refuseUnlessAccepted } from '../municipality-warnings/index.js';
import { covenantState } from './rules/covenant-state.rule.js';

/** What an operator does with the versions of the covenant. */
@Injectable()
export class CovenantChangesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly warnings: MunicipalityWarnings,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  async list(operator: Professional): Promise<CovenantVersionShown[]> {
    const { version: inForce } = await this.covenants.current();
    const versions = await this.dataSource.manager.find(Covenant, { order: { version: 'desc' } });
    return Promise.all(versions.map((version) => this.shown(operator, version, inForce)));
  }

  /** @throws Problem `not-found` */
  async read(operator: Professional, version: number): Promise<CovenantVersionRead> {
    const { version: inForce } = await this.covenants.current();
    const found = await this.find(this.dataSource.manager, version);
    return { ...(await this.shown(operator, found, inForce)), document: found.document };
  }

  /** A version as the text that reads as the same document. @throws Problem `not-found` */
  async write(version: number): Promise<string> {
    return writeCovenant((await this.find(this.dataSource.manager, version)).document);
  }

  /** @throws Problem `covenant-invalid` */
  async check(yaml: string): Promise<CheckedCovenant> {
    const document = readWritten(yaml);
    return {
      name: document.name,
      organisations: document.organisations.length,
      warnings: await this.warnings.ofCovenant(this.dataSource.manager, document.municipalities),
      yaml: writeCovenant(document),
    };
  }

  /**
   * Has a covenant be in force from a later day, and knows the organisations that sign it from now on.
   * @param accepted codes of the municipalities with a warning that the operator accepts by name
   * @throws Problem `covenant-invalid`, `invalid-input` for a day that has come or is taken, and for a warning that is not accepted
   */
  async schedule(
    operator: Professional,
    { yaml, effectiveFrom, accepted }: ScheduleCovenantRequest,
  ): Promise<CovenantVersionShown> {
    const document = readWritten(yaml);
    const now = this.clock.now();
    if (effectiveFrom <= dayInAmsterdam(now))
      throw invalidField(
        'effectiveFrom',
        'day',
        'Kies een dag na vandaag: wat vandaag geldt, blijft vandaag gelden.',
      );
    const row = await this.dataSource.transaction(async (manager) => {
      await manager.query('lock table covenant in share row exclusive mode');
      if (await manager.existsBy(Covenant, { effectiveFrom, withdrawnAt: IsNull() }))
        throw invalidField(
          'effectiveFrom',
          'taken',
          'Voor deze dag staat al een versie klaar. Trek die eerst in.',
        );
      refuseUnlessAccepted(
        await this.warnings.ofCovenant(manager, document.municipalities, effectiveFrom),
        accepted,
      );
      const version = ((await manager.maximum(Covenant, 'version')) ?? 0) + 1;
      const recorded = manager.create(Covenant, {
        ...{ version, document, effectiveFrom, recordedAt: now },
        ...{ scheduledById: operator.id, bsnConfirmedAt: null, withdrawnAt: null, activatedAt: null },
      });
      await manager.insert(Covenant, recorded);
      await this.addOrganisations(manager, document);
      await this.audit.record(manager, operator.id, 'covenant-scheduled', {
        ...{ version, effectiveFrom },
        ...(accepted && accepted.length > 0 ? { accepted } : {}),
      });
      return recorded;
    });
    this.logger.event('covenant-scheduled', { version: row.version });
    return this.shown(operator, row, (await this.covenants.current()).version);
  }

  /** Takes back a version whose day has not come. @throws Problem `not-found`, `covenant-in-force` */
  async withdraw(operator: Professional, version: number): Promise<void> {
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      await manager.query('lock table covenant in share row exclusive mode');
      const found = await this.find(manager, version);
      if (found.withdrawnAt) return;
      if (found.effectiveFrom <= dayInAmsterdam(now)) throw new Problem('covenant-in-force');
      await manager.update(Covenant, { version }, { withdrawnAt: now });
      await this.audit.record(manager, operator.id, 'covenant-withdrawn', { version });
    });
    this.logger.event('covenant-withdrawn', { version });
  }

  /**
   * Has the right to the BSN count that a version gives organisations, as a second operator.
   * @throws Problem `not-found` when it gives none that waits, `own-proposal` for who scheduled it
   */
  confirmBsn(operator: Professional, version: number): Promise<void> {
    return this.confirmBsnAs(operator.id, version, ({ proposedBy }) =>
      Promise.resolve(mayConfirm(operator.subject, { proposedBy, about: '' })),
    );
  }

  /** Confirms as the command on the machine. @throws Problem `not-found`, `own-proposal` when another operator can confirm */
  confirmBsnOnMachine(version: number): Promise<void> {
    return this.confirmBsnAs(MACHINE, version, async ({ proposedBy }, manager) =>
      isConfirmedOnMachine(await operatorsOf(manager), { proposedBy, about: '' }),
    );
  }

  private async confirmBsnAs(
    actor: AuditActor,
    version: number,
    may: (proposal: { proposedBy: string }, manager: EntityManager) => Promise<boolean>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query('lock table covenant in share row exclusive mode');
      const gained = await this.covenants.bsnUnconfirmed(manager, version);
      if (gained.length === 0) throw new Problem('not-found');
      const { scheduledById } = await this.find(manager, version);
      const proposedBy = await subjectOf(manager, scheduledById);
      if (!(await may({ proposedBy }, manager))) throw new Problem('own-proposal');
      await manager.update(Covenant, { version }, { bsnConfirmedAt: this.clock.now() });
      await this.audit.record(manager, actor, 'covenant-bsn-confirmed', {
        ...{ version, organisations: gained.length },
        ...(scheduledById === null ? {} : { proposedBy: scheduledById }),
      });
    });
  }

  /** Organisations that sign are known before they take part, so that their people can be entered. */
  private async addOrganisations(manager: EntityManager, { organisations }: CovenantDocument): Promise<void> {
    const known = await manager.findBy(Organisation, { id: In(organisations.map(({ id }) => id)) });
    const ids = new Set(known.map(({ id }) => id));
    await manager.insert(
      Organisation,
      organisations
        .filter(({ id }) => !ids.has(id))
        .map(({ id, name, sector, kind, municipalities: [seat = null] }) => ({
          ...{ id, name, sector, kind },
          municipality: seat,
          locations: [],
        })),
    );
  }

  private async find(manager: EntityManager, version: number): Promise<Covenant> {
    const found = await manager.findOneBy(Covenant, { version });
    if (!found) throw new Problem('not-found');
    return found;
  }

  private async shown(operator: Professional, row: Covenant, inForce: number): Promise<CovenantVersionShown> {
    const { version, effectiveFrom, recordedAt, withdrawnAt, activatedAt, document } = row;
    const { manager } = this.dataSource;
    const proposal = { proposedBy: await subjectOf(manager, row.scheduledById), about: '' };
    return {
      bsnUnconfirmed: (await this.covenants.bsnUnconfirmed(manager, version)).map(({ id, name }) => ({
        ...{ id, name },
      })),
      mayConfirmBsn: mayConfirm(operator.subject, proposal),
      bsnOnMachine: isConfirmedOnMachine(await operatorsOf(manager), proposal),
      version,
      state: covenantState(row, inForce, dayInAmsterdam(this.clock.now())),
      effectiveFrom,
      recordedAt: recordedAt.toISOString(),
      ...(withdrawnAt ? { withdrawnAt: withdrawnAt.toISOString() } : {}),
      ...(activatedAt ? { activatedAt: activatedAt.toISOString() } : {}),
      organisations: document.organisations.length,
      otherKinds: otherKindsOf(document),
    };
  }
}

/** The person behind a designation; nobody for the first version, which came with the node. */
async function subjectOf(manager: EntityManager, id: string | null): Promise<string> {
  return id === null ? '' : (await manager.findOneByOrFail(Professional, { id })).subject;
}

/** @throws Problem `covenant-invalid` that names every wrong part */
export function readWritten(yaml: string): CovenantDocument {
  try {
    return readCovenant(yaml);
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new Problem('covenant-invalid', { invalidParams: [...error.parts] });
  }
}
