import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { Loop } from '#libs/loop';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import { Archive, ArchiveQuestions } from '../archive/index.js';
import { Audit } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { Handles, type PersonKey } from '../handles/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import { Matches } from '../matches/index.js';
import { Moves } from '../moves/index.js';
import {
  Descriptions,
  Signal,
  Youth,
  YouthRecords,
  type IndexedPerson,
  type YouthFacts,
} from '../youths/index.js';
import { Families } from './families.js';
import { LookUps } from './look-ups.js';
import { whenToShare } from './rules/when-to-share.rule.js';

const PAUSE = SECOND;

/** A signal that others are to hear of, with the persons by whom it is found. */
export interface SignalToShare {
  professional: Professional;
  signal: Signal;
  youth: Youth;
  /** The record of the youth as it was; null when there was none. */
  known: Youth | null;
  /** Who are found by it now. */
  persons: readonly PersonKey[];
  /** Whom the record named before. */
  before: readonly IndexedPerson[];
  /** Whether it comes in the place of a signal that was shared: of that the archives told. */
  isRenewal?: boolean;
}

/**
 * Shares signals: key holders are asked, tags, cards and mails leave, archives are asked.
 *
 * A new signal is held for `UNDO_SECONDS`, or until its filer shares it: until then nobody else hears of it, and undoing it leaves no trace
 * with others. Sharing is one transaction under the locks of the persons, in which the signal is read again, so that each is either shared or
 * undone. Several instances may look for what is due at once.
 *
 * A signal that should have been shared more than an hour ago may come from a restored backup, and may have been undone after that was made:
 * its filer is asked.
 */
@Injectable()
export class SignalSharing implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop = new Loop(
    () => this.shareDue(),
    PAUSE,
    (error) => this.logger.warning('sharing-failed', { error: errorKind(error) }),
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly youthRecords: YouthRecords,
    private readonly descriptions: Descriptions,
    private readonly families: Families,
    private readonly handles: Handles,
    private readonly matches: Matches,
    private readonly moves: Moves,
    private readonly archive: Archive,
    private readonly lookUps: LookUps,
    private readonly archiveQuestions: ArchiveQuestions,
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.wake();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Shares a held signal. @returns false when it is gone, or was shared before */
  async share(id: string): Promise<boolean> {
    const isShared = await this.dataSource.transaction((manager) => this.shareIn(manager, id));
    if (!isShared) return false;
    this.matches.wake();
    this.logger.event('signal-shared');
    return true;
  }

  /** Tells others of a signal, in the transaction that shares it. The caller holds the locks of all persons concerned. */
  async tell(
    manager: EntityManager,
    { professional, signal, youth, known, persons, before, isRenewal = false }: SignalToShare,
  ): Promise<void> {
    const youths = persons.filter(({ role }) => role === 'youth' || role === 'described');
    await this.lookUps.giveBack(
      manager,
      professional,
      youths.map(({ index }) => index),
    );
    if (youth.bsnIndex && !isRenewal) await this.archive.tell(manager, professional, signal, youth.bsnIndex);
    if (youth.bsnIndex) await this.moves.follow(manager, known, youth);
    await this.handles.begin(manager, persons);
    if (!isRenewal) await this.archiveQuestions.begin(manager, signal, persons);
    await this.matches.settle(manager, [...persons, ...before]);
  }

  /** Asks the filers of all held signals whether to share them: after a restored backup they may have been undone. */
  async askFilers(manager: EntityManager): Promise<void> {
    const held = await manager.findBy(Signal, { sharedAt: IsNull(), sharesAt: Not(IsNull()) });
    for (const { id } of held) await this.askFiler(manager, id);
  }

  /** Brings what held signals on a youth will be shared with up to date with the register. */
  async keepFacts(manager: EntityManager, youth: Youth, facts: YouthFacts): Promise<void> {
    const held = await manager.findBy(Signal, { youthId: youth.id, sharedAt: IsNull() });
    for (const { id } of held)
      await manager.update(Signal, { id }, { sharingSealed: this.youthRecords.sealFacts(id, facts) });
  }

  /** Shares the held signals whose moment has come. */
  async shareDue(): Promise<void> {
    const now = this.clock.now();
    const held = await this.dataSource.manager.find(Signal, {
      select: { id: true, sharesAt: true },
      where: { sharedAt: IsNull(), sharesAt: Not(IsNull()) },
      order: { sharesAt: 'asc', id: 'asc' },
    });
    for (const { id, sharesAt } of held) {
      if (this.loop.stopping) return;
      const when = whenToShare(sharesAt!, now);
      if (when !== 'later') await this.attempt(id, when);
    }
  }

  /** One that fails holds up no other. */
  private async attempt(id: string, when: 'now' | 'ask-filer'): Promise<void> {
    try {
      if (when === 'now') await this.share(id);
      else await this.dataSource.transaction((manager) => this.askFiler(manager, id));
    } catch (error) {
      this.logger.warning('sharing-failed', { error: errorKind(error) });
    }
  }

  private async shareIn(manager: EntityManager, id: string): Promise<boolean> {
    const found = await manager.findOneBy(Signal, { id });
    if (!found || found.sharedAt) return false;
    // waits for a change of the filer's contact data or a departure, which do not know of this signal yet
    const professional = await manager.findOneOrFail(Professional, {
      where: { id: found.professionalId },
      lock: { mode: 'pessimistic_read' },
    });
    const facts = this.youthRecords.factsOf(found);
    const description = (await this.descriptions.of(manager, [id])).get(id);
    const described = description && this.descriptions.personOf(description);
    const { persons, before } = await this.families.lock(manager, facts, described);
    const signal = await manager.findOneBy(Signal, { id });
    const isChanged = signal?.professionalId !== found.professionalId || signal.youthId !== found.youthId;
    if (isChanged || signal.sharedAt) return false;
    const known = await manager.findOneByOrFail(Youth, { id: signal.youthId });
    const youth = facts ? await this.youthRecords.save(manager, facts) : known;
    const shared = { sharedAt: this.clock.now(), sharesAt: null, sharingSealed: null };
    await manager.update(Signal, { id }, shared);
    await this.audit.record(manager, professional.id, 'signal-shared', { signal: signal.number });
    await this.tell(manager, {
      ...{ professional, signal: { ...signal, ...shared }, youth, known, persons, before },
    });
    return true;
  }

  private async askFiler(manager: EntityManager, id: string): Promise<void> {
    const held = { id, sharedAt: IsNull(), sharesAt: Not(IsNull()) };
    const { affected } = await manager.update(Signal, held, { sharesAt: null });
    if (!affected) return;
    const { number, professionalId } = await manager.findOneByOrFail(Signal, { id });
    const filer = await manager.findOneByOrFail(Professional, { id: professionalId });
    const { document } = await this.covenants.current(manager);
    const mail = noticeMail({
      ...{ indexName: document.name, region: this.config.region, to: filer },
      about: ['waits-for-filer', id],
      subject: `uw signaal ${number} is nog niet gedeeld`,
      paragraphs: [
        `Door een storing is uw signaal ${number} nog niet gedeeld: niemand weet ervan.`,
        `Log in en kies of u het deelt of ongedaan maakt: ${this.config.publicUrl}`,
      ],
    });
    await this.mails.queue(manager, mail);
  }
}
