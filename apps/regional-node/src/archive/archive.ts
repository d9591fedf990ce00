import { Injectable } from '@nestjs/common';
import { Bsn } from '#libs/bsn';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { SealingKey } from '#libs/sealing';
import { DataSource, In, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import {
  contactOf,
  idsOfPerson,
  Organisation,
  Professional,
  type VisibleProfessional,
} from '../directory/index.js';
import { archiveErasureToken, Erasures } from '../erasures/index.js';
import { ReleaseWindow } from '../federation/index.js';
import { Handles } from '../handles/index.js';
import { BlindIndex } from '../keys/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { lockPersons, type Signal } from '../youths/index.js';
import { ArchiveNotice } from './archive-notice.js';
import { ArchiveTold } from './archive-told.entity.js';
import { ArchivedSignal } from './archived-signal.entity.js';
import { archiveTells } from './rules/archive-tells.rule.js';
import { archiveUntil } from './rules/archive-until.rule.js';

/** Signals that ended, for five years at most; told once to whoever files on the same youth, and to nobody else. */
@Injectable()
@ScheduledWork({
  name: 'archive-destruction',
  title: 'Het archief vernietigen waarvan de termijn voorbij is',
  schedule: { everySeconds: 3_600 },
})
export class Archive implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notice: ArchiveNotice,
    private readonly handles: Handles,
    private readonly release: ReleaseWindow,
    private readonly erasures: Erasures,
    private readonly audit: Audit,
    private readonly sealingKey: SealingKey,
    private readonly blindIndex: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps that there was a signal, in the transaction that ends it.
   * @param birthday23 day on which the youth is 23 at the latest, `YYYY-MM-DD`; undefined when nobody knows it
   */
  async keep(
    manager: EntityManager,
    signal: Signal,
    youthIndex: Buffer,
    bsn: Bsn,
    birthday23: string | undefined,
  ): Promise<void> {
    const endedAt = this.clock.now();
    await manager.insert(ArchivedSignal, {
      id: signal.id,
      number: signal.number,
      youthIndex,
      bsnSealed: this.sealingKey.seal(`archived-bsn/${signal.id}`, Buffer.from(bsn.revealDigits())),
      professionalId: signal.professionalId,
      filedAt: signal.filedAt,
      endedAt,
      destroyOn: archiveUntil(dayInAmsterdam(endedAt), birthday23),
      verifiedAt: endedAt,
    });
    await this.beFound(manager, bsn);
  }

  /** Has other regions find that this archive holds something on a youth, if it does; the second time changes nothing. */
  async beFound(manager: EntityManager, bsn: Bsn): Promise<void> {
    const index = this.blindIndex.of('youth', bsn);
    if (await manager.existsBy(ArchivedSignal, { youthIndex: index }))
      await this.handles.begin(manager, [{ role: 'archive', index, bsn }]);
  }

  /** A birth date that the register corrected may bring the 23rd birthday nearer. Nothing is kept longer than was said. */
  async bringForward(manager: EntityManager, bsn: Bsn, birthday23: string | undefined): Promise<void> {
    if (birthday23 === undefined) return;
    const later = { youthIndex: this.blindIndex.of('youth', bsn), destroyOn: MoreThan(birthday23) };
    await manager.update(ArchivedSignal, later, { destroyOn: birthday23 });
  }

  /** Who had a signal on the youth before this one was filed, as far as its filer was told at this signal. */
  async earlier(manager: EntityManager, signal: Signal, youthIndex: Buffer): Promise<VisibleProfessional[]> {
    const filer = await manager.findOneByOrFail(Professional, { id: signal.professionalId });
    const archived = await this.tellable(manager, filer, signal, youthIndex);
    const told = await manager.findBy(ArchiveTold, { signalId: signal.id });
    const here = archived.filter(({ id }) => told.some(({ archivedSignalId }) => archivedSignalId === id));
    return this.reportersOf(manager, here);
  }

  /** Tells a filer by mail that there was a signal earlier in this region, and by whom. A person is told of each archived signal once. */
  async tell(manager: EntityManager, filer: Professional, signal: Signal, youthIndex: Buffer): Promise<void> {
    const archived = await this.tellable(manager, filer, signal, youthIndex);
    const told = await manager.findBy(ArchiveTold, {
      archivedSignalId: In(archived.map(({ id }) => id)),
      professionalId: In(await idsOfPerson(manager, filer)),
    });
    const news = archived.filter(({ id }) => !told.some(({ archivedSignalId }) => archivedSignalId === id));
    const marks = { professionalId: filer.id, signalId: signal.id };
    await manager.insert(
      ArchiveTold,
      news.map(({ id: archivedSignalId }) => ({ archivedSignalId, ...marks })),
    );
    await this.notice.tell(manager, filer, signal, await this.reportersOf(manager, news));
  }

  private async tellable(
    manager: EntityManager,
    filer: Professional,
    { filedAt }: Signal,
    youthIndex: Buffer,
  ): Promise<ArchivedSignal[]> {
    const all = await manager.findBy(ArchivedSignal, { youthIndex });
    return archiveTells(all, { by: await idsOfPerson(manager, filer), filedAt }, this.clock.now());
  }

  private async reportersOf(
    manager: EntityManager,
    archived: readonly ArchivedSignal[],
  ): Promise<VisibleProfessional[]> {
    const reporters = await manager.find(Professional, {
      where: { id: In(archived.map(({ professionalId }) => professionalId)) },
      order: { name: 'asc', id: 'asc' },
    });
    const organisations = await manager.findBy(Organisation, {
      id: In(reporters.map(({ organisationId }) => organisationId)),
    });
    return reporters.map((reporter) => {
      const organisation = organisations.find(({ id }) => id === reporter.organisationId)!;
      return { ...contactOf(reporter, organisation), kind: organisation.kind };
    });
  }

  /** Destroys all that is kept of a youth: at death or on the 23rd birthday. */
  async destroy(manager: EntityManager, bsn: Bsn): Promise<void> {
    const youthIndex = this.blindIndex.of('youth', bsn);
    await lockPersons(manager, [youthIndex]);
    const archived = await manager.findBy(ArchivedSignal, { youthIndex });
    await this.destroyForGood(manager, archived);
    await this.recordDestroyed(manager, archived);
  }

  /** Destroys archived signals as a college decided, under the lock of `lockPersons`. The caller writes the line of the logbook. */
  async destroyOnRequest(manager: EntityManager, ids: readonly string[]): Promise<void> {
    await this.destroyForGood(manager, await manager.findBy(ArchivedSignal, { id: In(ids) }));
  }

  /** Destroys again what a restored backup brought back. @param erased tokens of what was destroyed, in base64url */
  async destroyAgain(manager: EntityManager, erased: ReadonlySet<string>): Promise<void> {
    const all = await manager.find(ArchivedSignal, { select: { id: true, youthIndex: true, number: true } });
    const back = all.filter(({ id }) => erased.has(archiveErasureToken(id).toString('base64url')));
    await this.remove(manager, back);
    await this.recordDestroyed(manager, back);
  }

  /**
   * Youths in the archive about whom the register was not asked since, in the order of their indexes and beginning after one of them.
   * @returns one archived signal for each
   */
  async unverified(since: Date, most: number, after?: Buffer): Promise<ArchivedSignal[]> {
    return this.dataSource.manager
      .createQueryBuilder(ArchivedSignal, 'a')
      .distinctOn(['a.youth_index'])
      .where('a.verified_at < :since and a.youth_index > :after', { since, after: after ?? Buffer.alloc(0) })
      .orderBy('a.youth_index')
      .limit(most)
      .getMany();
  }

  bsnOf({ id, bsnSealed }: ArchivedSignal): Bsn {
    return Bsn.parse(this.sealingKey.open(`archived-bsn/${id}`, bsnSealed).toString());
  }

  async verified(youthIndexes: readonly Buffer[]): Promise<void> {
    const verifiedAt = this.clock.now();
    await this.dataSource.manager.update(ArchivedSignal, { youthIndex: In(youthIndexes) }, { verifiedAt });
  }

  /** Destroys what has been kept long enough. */
  async run(): Promise<number> {
    const destroyOn = LessThanOrEqual(dayInAmsterdam(this.clock.now()));
    return this.dataSource.transaction(async (manager) => {
      const due = await manager.findBy(ArchivedSignal, { destroyOn });
      await lockPersons(
        manager,
        due.map(({ youthIndex }) => youthIndex),
      );
      await this.remove(manager, due);
      await this.recordDestroyed(manager, due);
      return due.length;
    });
  }

  /** Destroys before their time, so that no restored backup brings them back. */
  private async destroyForGood(manager: EntityManager, archived: readonly ArchivedSignal[]): Promise<void> {
    for (const { id } of archived) await this.erasures.noteArchived(manager, id);
    await this.remove(manager, archived);
  }

  private async recordDestroyed(
    manager: EntityManager,
    archived: readonly Pick<ArchivedSignal, 'number'>[],
  ): Promise<void> {
    const signals = archived.map(({ number }) => number);
    if (signals.length > 0) await this.audit.record(manager, SYSTEM, 'archive-destroyed', { signals });
  }

  /** Removes archived signals, and the tag of a youth of whom nothing is left, at a random moment: it is not to be seen to follow anything. */
  private async remove(
    manager: EntityManager,
    archived: readonly Pick<ArchivedSignal, 'id' | 'youthIndex'>[],
  ): Promise<void> {
    await manager.delete(ArchivedSignal, { id: In(archived.map(({ id }) => id)) });
    const persons = archived.map(({ youthIndex: index }) => ({ role: 'archive' as const, index }));
    for (const handle of await this.handles.of(manager, persons)) {
      if (await manager.existsBy(ArchivedSignal, { youthIndex: handle.personIndex })) continue;
      await this.handles.end(manager, handle, this.release.next());
    }
  }
}
