import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { SealingKey } from '#libs/sealing';
import { In, Not, type EntityManager } from 'typeorm';
import { MailQueue } from '../mails/index.js';
import { MatchNotice, RECEIVER_UNKNOWN, UNCERTAIN } from './match-notice.entity.js';
import { keyOf, type Lead, type PossibleMatch, type Receiver } from './match-picture.types.js';
import type { Involved } from './rules/who-matches.rule.js';

/** The content of a notice that names nobody. */
const NOBODY = Buffer.alloc(0);

/** What one receiver is to know about the match on a signal, or on a youth for the process manager who leads. */
export interface Notice {
  /** `signal/<entry id>` or `youth/<youth id>`. */
  subject: string;
  receiver: Receiver;
  signalNumber?: string;
  /** Whose signal it is. */
  filerId?: string;
  /** The absent colleague whose signal it is. */
  standsInFor?: string;
  involved: readonly Involved[];
  /** What may be a match, and waits for both sides to confirm it. */
  possible: readonly PossibleMatch[];
  lead?: Lead;
  leadIsReceiver: boolean;
}

/** Keeps what each person is to know about their matches. `MatchMails` tells what has changed. */
@Injectable()
export class MatchNotices {
  constructor(
    private readonly mails: MailQueue,
    private readonly sealingKey: SealingKey,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes what a receiver is to know now. Whoever was to know it before, and is not the receiver any more, is told that it is over; not the
   * filer while a colleague stands in.
   */
  async update(manager: EntityManager, notice: Notice): Promise<void> {
    const { subject, receiver, involved, lead } = notice;
    await this.endFor(manager, subject, [receiver.id, notice.filerId]);
    const content = contentOf(notice);
    await this.adopt(manager, notice, content);
    const before = await manager.findOneBy(MatchNotice, { subject, receiverId: receiver.id });
    if (before ? before.content.equals(content) : content.equals(NOBODY)) return;
    const now = this.clock.now();
    const begins = !before || before.content.equals(NOBODY);
    const waits = involved.length > 0 && !lead;
    const changed = {
      stateSealed: this.seal(notice),
      content,
      n: (before?.n ?? 0) + 1,
      firstAt: begins ? now : before.firstAt,
      waitingSince: waits ? (before?.waitingSince ?? now) : null,
    };
    if (before) await manager.update(MatchNotice, { subject, receiverId: receiver.id }, changed);
    else await manager.insert(MatchNotice, { subject, receiverId: receiver.id, ...changed });
  }

  /** Has nobody lead any more in the match on a youth as its process manager. */
  endLead(manager: EntityManager, youthId: string): Promise<void> {
    return this.endFor(manager, `youth/${youthId}`);
  }

  /** Forgets what somebody was told who has left. */
  async forgetReceiver(manager: EntityManager, receiverId: string): Promise<void> {
    for (const { mailId } of await manager.findBy(MatchNotice, { receiverId }))
      if (mailId) await this.takeBack(manager, mailId);
    await manager.delete(MatchNotice, { receiverId });
  }

  /**
   * Forgets what a filer was told about a signal that they do not have any more, and takes back what was not mailed yet. A stand-in is told
   * that it is over.
   */
  async forget(manager: EntityManager, entryId: string, filerId: string): Promise<void> {
    const subject = `signal/${entryId}`;
    const own = await manager.findOneBy(MatchNotice, { subject, receiverId: filerId });
    if (own?.mailId) await this.takeBack(manager, own.mailId);
    await manager.delete(MatchNotice, { subject, receiverId: In([filerId, RECEIVER_UNKNOWN]) });
    await this.endFor(manager, subject);
  }

  /** Takes a mail back that did not leave for certain. What else it tells is told anew, by another one. */
  private async takeBack(manager: EntityManager, mailId: string): Promise<void> {
    const fate = await this.mails.withdraw(manager, mailId);
    if (fate === 'on-its-way' || fate === 'gone') return;
    await manager.query(
      `update match_notice set told = case when $2 then before else $3 end, told_sealed = before_sealed,
         mail_id = null, mailed_at = null
       where mail_id = $1`,
      [mailId, fate === 'withdrawn', UNCERTAIN],
    );
  }

  seal(notice: Notice): Buffer {
    return this.sealingKey.seal(purpose(notice.subject), Buffer.from(JSON.stringify(notice)));
  }

  open(subject: string, sealed: Buffer): Notice {
    return JSON.parse(this.sealingKey.open(purpose(subject), sealed).toString()) as Notice;
  }

  /** Tells everybody who was told of a match, but for some, that it is over for them. */
  private async endFor(
    manager: EntityManager,
    subject: string,
    except: readonly (string | undefined)[] = [],
  ): Promise<void> {
    const rows = await manager.findBy(MatchNotice, { subject, content: Not(NOBODY) });
    for (const { receiverId, stateSealed, n } of rows) {
      if (except.includes(receiverId) || !stateSealed) continue;
      const { lead: _, ...state } = this.open(subject, stateSealed);
      const over = { ...state, involved: [], possible: [], leadIsReceiver: false };
      await manager.update(
        MatchNotice,
        { subject, receiverId },
        { stateSealed: this.seal(over), content: NOBODY, n: n + 1, waitingSince: null },
      );
    }
  }

  /** Takes over what an older release told: the receiver knows it when it is the same as now, else something has changed. */
  private async adopt(manager: EntityManager, notice: Notice, content: Buffer): Promise<void> {
    const { subject, receiver } = notice;
    const old = await manager.findOneBy(MatchNotice, { subject, receiverId: RECEIVER_UNKNOWN });
    if (!old) return;
    const isKnown = old.content.equals(contentBefore(notice));
    const state = this.seal(notice);
    await manager.update(
      MatchNotice,
      { subject, receiverId: RECEIVER_UNKNOWN },
      isKnown
        ? { receiverId: receiver.id, stateSealed: state, content, told: content, toldSealed: state }
        : { receiverId: receiver.id, stateSealed: state, content: old.content, told: old.content },
    );
  }
}

/** What makes a mail necessary when it changes. */
const contentOf = (notice: Notice): Buffer =>
  notice.involved.length + notice.possible.length === 0 ? NOBODY : hashOf(essence(notice));

/** The content as release 0.1.0 had it: with the address, and for nobody too. */
const contentBefore = (notice: Notice): Buffer =>
  hashOf({ receiver: notice.receiver.email, ...essence(notice) });

function essence({ involved, possible, lead, leadIsReceiver }: Notice): object {
  const toVerify = (asked: boolean | undefined) => (asked ? ' verify' : '');
  const involvedNow = involved.map(
    ({ kind, entry }) => `${kind} ${keyOf(entry)} ${entry.contact.email}${toVerify(entry.verify)}`,
  );
  // that the receiver confirmed is no news to them
  const possibleNow = possible.map(
    (each) => `${keyOf(each)} ${each.confirmedByThem}${toVerify(each.verify)}`,
  );
  return {
    involved: involvedNow.sort(),
    ...(possible.length > 0 ? { possible: possibleNow.sort() } : {}),
    lead:
      involved.length > 0 && lead
        ? [lead.leadingRegion, lead.because, leadIsReceiver ? 'receiver' : lead.contact.email]
        : null,
  };
}

const hashOf = (value: object): Buffer => createHash('sha256').update(JSON.stringify(value)).digest();

const purpose = (subject: string): string => `match-notice/${subject}`;
