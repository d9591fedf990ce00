import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Outbox, SetAside } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import {
  MAX_EARLIER,
  RELAY,
  sealArchiveAnswer,
  type ArchiveAsked,
  type EarlierProfessionals,
} from '#libs/protocol';
import { In, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { contactOf, Organisation, Professional } from '../directory/index.js';
import { RegionKeys, Registers } from '../federation/index.js';
import { Handles } from '../handles/index.js';
import { ArchivedSignal } from './archived-signal.entity.js';
import { archiveAnswers } from './rules/archive-answers.rule.js';

/**
 * Answers other regions that ask what this archive holds on a youth.
 *
 * Who can read the answer? Only a region that has evaluated the same person itself; a relay that makes up a question learns nothing.
 *
 * What if the youth was destroyed from the archive meanwhile? Then the handle is unknown, and nobody answers. What if nothing may be told?
 * An empty answer looks like any other.
 *
 * What if the same is asked twice? It is answered twice, from what the archive holds then; the region that asked takes it once.
 */
@Injectable()
export class ArchiveAnswers {
  constructor(
    private readonly handles: Handles,
    private readonly outbox: Outbox,
    private readonly setAside: SetAside,
    private readonly registers: Registers,
    private readonly keys: RegionKeys,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  async answer(manager: EntityManager, { question, handle: name, fromRegion }: ArchiveAsked): Promise<void> {
    const peer = this.registers.peer(fromRegion);
    const [handle] = await this.handles.byIds(manager, [Buffer.from(name, 'base64url')]);
    const secret = handle?.role === 'archive' ? this.handles.secretOf(handle) : undefined;
    if (!peer || !handle || !secret || fromRegion === this.config.region) return;
    const told = await this.earlier(manager, handle.personIndex);
    const binding = { question, from: this.config.region, to: fromRegion, epoch: handle.epoch };
    const archiveKey = secret.archiveKey(handle.epoch);
    const seal = (answer: EarlierProfessionals) =>
      sealArchiveAnswer(answer, binding, this.keys.card, peer.cardKey, archiveKey);
    let sealed: Awaited<ReturnType<typeof seal>>;
    try {
      sealed = await seal(told);
    } catch (error) {
      await this.setAside.note(manager, 'archive-answer', question, error);
      // the question is answered once: that there was somebody is told all the same
      sealed = await seal({ v: 1, professionals: [], more: told.professionals.length + told.more });
    }
    await this.outbox.enqueue(
      manager,
      RELAY,
      'archive.answer',
      { ...sealed, toRegion: fromRegion },
      { coalesceKey: `answer:${fromRegion}:${question}` },
    );
    await this.audit.record(manager, SYSTEM, 'archive-answered', {
      ...{ region: fromRegion, signals: told.professionals.length + told.more },
    });
    this.logger.event('archive-answered', { to: fromRegion });
  }

  private async earlier(manager: EntityManager, youthIndex: Buffer): Promise<EarlierProfessionals> {
    const archived = archiveAnswers(
      await manager.findBy(ArchivedSignal, { youthIndex }),
      dayInAmsterdam(this.clock.now()),
    );
    const first = archived.slice(0, MAX_EARLIER);
    const people = await manager.findBy(Professional, {
      id: In(first.map(({ professionalId }) => professionalId)),
    });
    const organisations = await manager.findBy(Organisation, {
      id: In(people.map(({ organisationId }) => organisationId)),
    });
    const professionals = first.map(({ professionalId, endedAt }) => {
      const professional = people.find(({ id }) => id === professionalId)!;
      const organisation = organisations.find(({ id }) => id === professional.organisationId)!;
      return {
        ...contactOf(professional, organisation),
        ...{ kind: organisation.kind, endedOn: dayInAmsterdam(endedAt) },
      };
    });
    return { v: 1, professionals, more: archived.length - first.length };
  }
}
