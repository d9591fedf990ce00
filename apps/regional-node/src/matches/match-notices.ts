import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import type { EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { namedInMail, type CovenantDocument } from '../covenant/index.js';
import { Registers } from '../federation/index.js';
import { MailQueue } from '../mails/index.js';
import { subjectOf, textOf } from './match-mail.js';
import { MatchNotice } from './match-notice.entity.js';
import { keyOf, type ContactDetails, type Lead, type PossibleMatch } from './match-picture.types.js';
import type { Involved } from './rules/who-matches.rule.js';

/** Equal to no content. */
const UNCERTAIN = Buffer.alloc(0);

/** What one receiver is to know. */
export interface Notice {
  /** `signal/<entry id>` or `youth/<youth id>`. */
  subject: string;
  receiver: ContactDetails;
  signalNumber?: string;
  /** The absent colleague whose signal it is. */
  standsInFor?: string;
  involved: readonly Involved[];
  /** What may be a match, and waits for both sides to confirm it. */
  possible: readonly PossibleMatch[];
  lead?: Lead;
  leadIsReceiver: boolean;
}

/**
 * Mails people when who is involved or who leads has changed for them, and only then: what changes back before the mail has left is
 * not told.
 * A mail without the name of the matchregisseur waits for it a few minutes, and is replaced when the name comes.
 * The Message-ID follows from receiver, text and the number of the change, so that a repeat is recognised as one, and nothing else: a
 * restored backup counts the changes anew, and what it says then may be worded otherwise.
 */
@Injectable()
export class MatchNotices {
  constructor(
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly registers: Registers,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  async update(manager: EntityManager, covenant: CovenantDocument, notice: Notice): Promise<void> {
    const { subject, involved, possible, lead } = notice;
    const isNothing = involved.length + possible.length === 0;
    const toVerify = (asked: boolean | undefined) => (asked ? ' verify' : '');
    const state = {
      receiver: notice.receiver.email,
      involved: involved
        .map(({ kind, entry }) => `${kind} ${keyOf(entry)} ${entry.contact.email}${toVerify(entry.verify)}`)
        .sort(),
      ...(possible.length > 0
        ? {
            // that the receiver confirmed is no news to them
            possible: possible
              .map((each) => `${keyOf(each)} ${each.confirmedByThem}${toVerify(each.verify)}`)
              .sort(),
          }
        : {}),
      lead:
        involved.length > 0 && lead
          ? [lead.leadingRegion, lead.because, notice.leadIsReceiver ? 'receiver' : lead.contact.email]
          : null,
    };
    const content = createHash('sha256').update(JSON.stringify(state)).digest();
    const before = await manager.findOneBy(MatchNotice, { subject });
    if (before ? before.content.equals(content) : isNothing) return;

    const told = before && (await this.toldSoFar(manager, before));
    const now = this.clock.now();
    const waits = involved.length > 0 && !lead;
    const waitingSince = waits ? (before?.waitingSince ?? now) : null;
    const n = (before?.n ?? 0) + 1;
    const firstAt = before?.firstAt ?? now;
    await manager.save(MatchNotice, { subject, content, told, n, firstAt, waitingSince });
    if (told ? told.equals(content) : isNothing) return;

    const mail = {
      ...notice,
      isUpdate: told !== null,
      receiver: notice.receiver.name,
      indexName: covenant.name,
      portal: this.config.publicUrl,
      mayName: (kind: string) => namedInMail(kind, covenant),
      nameOfRegion: (region: string) => this.registers.nameOf(region),
    };
    const text = textOf(mail);
    const id = createHash('sha256')
      .update(JSON.stringify([notice.receiver.email, subject, n, text]))
      .digest('hex');
    await this.mails.queue(manager, {
      to: notice.receiver.email,
      subject: subjectOf(mail),
      text,
      messageId: `${id.slice(0, 40)}@${this.config.region}.verwijsindex`,
      supersedesKey: subject,
      ...(waitingSince
        ? { notBefore: new Date(waitingSince.getTime() + this.config.leadPatienceSeconds * SECOND) }
        : {}),
    });
    await this.audit.record(
      manager,
      SYSTEM,
      'match-notified',
      notice.signalNumber ? { signal: notice.signalNumber } : {},
    );
    if (!before)
      this.logger.event('match-notified', {
        kinds: [
          ...new Set([
            ...involved.map(({ kind }) => kind),
            ...possible.map(() => 'possibly-same-youth' as const),
          ]),
        ]
          .sort()
          .join(' and '),
      });
  }

  /** What the receiver knows: not what is taken back here, and nothing for sure when the mail server was tried in vain. */
  private async toldSoFar(manager: EntityManager, before: MatchNotice): Promise<Buffer | null> {
    const last = await this.mails.takeBack(manager, before.subject);
    if (last === 'taken-back') return before.told;
    return last === 'gone' ? before.content : UNCERTAIN;
  }

  /** Forgets what was told about a signal or youth that is gone, and takes back what was not mailed yet. */
  async forget(manager: EntityManager, subjects: readonly string[]): Promise<void> {
    if (subjects.length === 0) return;
    await manager.query(`delete from match_notice where subject = any($1)`, [subjects]);
    await manager.query(`delete from mail where supersedes_key = any($1) and state = 'queued'`, [subjects]);
  }
}
