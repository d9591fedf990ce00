import { Injectable } from '@nestjs/common';
import { Bsn, dayInAmsterdam } from '#libs/bsn';
import { Clock } from '#libs/clock';
import { SealingKey } from '#libs/sealing';
import { DataSource, In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { Audit, SYSTEM, type AuditActor } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants, namedInMail } from '../covenant/index.js';
import { contactOf, Organisation, Professional, type VisibleProfessional } from '../directory/index.js';
import { BlindIndex } from '../keys/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import type { Signal } from '../youths/index.js';
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
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly sealingKey: SealingKey,
    private readonly blindIndex: BlindIndex,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** Keeps that there was a signal, in the transaction that ends it. */
  async keep(manager: EntityManager, signal: Signal, youthIndex: Buffer, bsn: Bsn): Promise<void> {
    const endedAt = this.clock.now();
    await manager.insert(ArchivedSignal, {
      id: signal.id,
      number: signal.number,
      youthIndex,
      bsnSealed: this.sealingKey.seal(`archived-bsn/${signal.id}`, Buffer.from(bsn.revealDigits())),
      professionalId: signal.professionalId,
      filedAt: signal.filedAt,
      endedAt,
      destroyOn: archiveUntil(dayInAmsterdam(endedAt)),
      verifiedAt: endedAt,
    });
  }

  /** Who had a signal on the youth before this one was filed, as far as its filer may know. */
  async earlier(
    manager: EntityManager,
    signal: Pick<Signal, 'professionalId' | 'filedAt'>,
    youthIndex: Buffer,
  ): Promise<VisibleProfessional[]> {
    const all = await manager.findBy(ArchivedSignal, { youthIndex });
    const archived = archiveTells(all, signal, this.clock.now());
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

  /** Tells a filer by mail that there was a signal earlier, and by whom, unless the covenant keeps such names out of mails. */
  async tell(manager: EntityManager, filer: Professional, signal: Signal, youthIndex: Buffer): Promise<void> {
    const reporters = await this.earlier(manager, signal, youthIndex);
    if (reporters.length === 0) return;
    const { document } = await this.covenants.current(manager);
    const named = reporters.filter(({ kind }) => namedInMail(kind, document));
    const lines = named.map(
      ({ name, function: role, organisation, phone, email, location }) =>
        `- ${name}, ${role}, ${organisation}${location === undefined ? '' : `, ${location}`}\n  telefoon ${phone}\n  e-mail ${email}`,
    );
    const mail = noticeMail({
      ...{ indexName: document.name, region: this.config.region, to: filer },
      about: ['archive', signal.id],
      subject: 'eerdere signalen bij uw signaal',
      paragraphs: [
        `Bij uw signaal ${signal.number} was er eerder een signaal, dat is beëindigd. Dit wordt u eenmalig gemeld.`,
        ...(lines.length > 0 ? [['Eerder betrokken:', ...lines].join('\n')] : []),
        ...(named.length < reporters.length
          ? ['Wie hier niet genoemd wordt, ziet u de komende veertien dagen na het inloggen bij uw signaal.']
          : []),
        'Zij krijgen hiervan geen bericht.',
      ],
    });
    await this.mails.queue(manager, mail);
    await this.audit.record(manager, SYSTEM, 'archive-told', { signal: signal.number });
  }

  /** Destroys what is kept of a youth: at death, on the 23rd birthday or on request. Says nothing of whether there was anything. */
  async destroy(manager: EntityManager, bsn: Bsn, actor: AuditActor): Promise<void> {
    const youthIndex = this.blindIndex.of('youth', bsn);
    const { affected } = await manager.delete(ArchivedSignal, { youthIndex });
    if (affected || actor !== SYSTEM)
      await this.audit.record(manager, actor, 'archive-destroyed', { signals: affected ?? 0 });
  }

  /** Youths in the archive about whom the register was not asked since. @returns one archived signal for each */
  async unverified(since: Date, most: number): Promise<ArchivedSignal[]> {
    return this.dataSource.manager
      .createQueryBuilder(ArchivedSignal, 'a')
      .distinctOn(['a.youth_index'])
      .where('a.verified_at < :since', { since })
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
      const { affected } = await manager.delete(ArchivedSignal, { destroyOn });
      if (affected) await this.audit.record(manager, SYSTEM, 'archive-destroyed', { signals: affected });
      return affected ?? 0;
    });
  }
}
