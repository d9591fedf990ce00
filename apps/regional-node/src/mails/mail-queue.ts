import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, HOUR } from '#libs/clock';
import { IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { SealingKey } from '#libs/sealing';
import { Mail } from './mail.entity.js';

/** How many mails about one matter leave within an hour; of what comes after that, the last waits. */
const MOST_PER_HOUR = 20;
/** How long it waits at most. */
export const LONGEST_REST = HOUR;

/** A mail to be sent: plain text, to one address. */
export interface OutgoingMail {
  to: string;
  /** Travels and is kept in the clear: no person in it. */
  subject: string;
  text: string;
  /** Message-ID without angle brackets, made from what the mail is about, so that telling it twice sends it once. */
  messageId: string;
  /** Waits until this moment. */
  notBefore?: Date;
  /** Replaces an unsent mail that was queued with the same key. */
  supersedesKey?: string;
}

/** Queues mails in the caller's transaction: what is undone sends nothing. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly clock: Clock,
    private readonly sealingKey: SealingKey,
  ) {}

  /**
   * Takes a queued mail back.
   * @returns `withdrawn` for one that was never tried, `tried` for one that the mail server may have taken all the same; `on-its-way`
   * and `gone` when it stays as it is
   */
  async withdraw(manager: EntityManager, id: string): Promise<'withdrawn' | 'tried' | 'on-its-way' | 'gone'> {
    const untried = await manager.delete(Mail, { id, state: 'queued', attempts: 0 });
    if (untried.affected) return 'withdrawn';
    const tried = await manager.delete(Mail, { id, state: 'queued', lastErrorKind: Not(IsNull()) });
    if (tried.affected) return 'tried';
    return (await manager.existsBy(Mail, { id, state: 'queued' })) ? 'on-its-way' : 'gone';
  }

  /** Wake the `MailSender` after the commit, else the mail waits for its next look. @returns the id of the mail */
  async queue(manager: EntityManager, mail: OutgoingMail): Promise<string> {
    const known = await manager.findOneBy(Mail, { messageId: mail.messageId });
    if (known) return known.id;
    const id = randomUUID();
    const now = this.clock.now();
    const supersedesKey = mail.supersedesKey ?? null;
    if (supersedesKey !== null) await this.supersede(manager, supersedesKey, now);
    await manager
      .createQueryBuilder()
      .insert()
      .into(Mail)
      .values({
        id,
        messageId: mail.messageId,
        toAddress: mail.to,
        subject: mail.subject,
        bodySealed: this.sealingKey.seal(`mail/${id}`, Buffer.from(mail.text)),
        state: 'queued',
        createdAt: now,
        notBefore: laterOf(mail.notBefore ?? now, await this.restUntil(manager, supersedesKey)),
        attempts: 0,
        supersedesKey,
      })
      .orIgnore()
      .execute();
    return id;
  }

  /** One that is on its way at this moment cannot be taken back any more: it counts as sent. */
  private async supersede(manager: EntityManager, supersedesKey: string, now: Date): Promise<void> {
    const onItsWay = {
      supersedesKey,
      state: 'queued' as const,
      attempts: MoreThan(0),
      lastErrorKind: IsNull(),
    };
    await manager.update(Mail, onItsWay, { state: 'sent', sentAt: now, bodySealed: null });
    await manager.delete(Mail, { supersedesKey, state: 'queued' });
  }

  /** Until when nothing more is said about a matter: a region elsewhere that changes its cards all the time floods nobody. */
  private async restUntil(manager: EntityManager, supersedesKey: string | null): Promise<Date> {
    if (supersedesKey === null) return LONG_AGO;
    const [mail] = await manager.find(Mail, {
      where: { supersedesKey, state: 'sent' },
      order: { sentAt: 'DESC' },
      ...{ skip: MOST_PER_HOUR - 1, take: 1 },
    });
    return mail ? new Date(mail.sentAt!.getTime() + LONGEST_REST) : LONG_AGO;
  }
}

const LONG_AGO = new Date(0);
const laterOf = (one: Date, other: Date): Date => (one > other ? one : other);
