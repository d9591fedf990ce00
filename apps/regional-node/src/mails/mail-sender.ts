import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, DAY, MINUTE, SECOND } from '#libs/clock';
import { errorKind, ProgramLogger } from '#libs/observability';
import { createTransport, type Transporter } from 'nodemailer';
import { Counter } from 'prom-client';
import { DataSource, IsNull } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { SealingKey } from '#libs/sealing';
import { Loop } from '#libs/loop';
import { Professional } from '../directory/index.js';
import { LONGEST_REST } from './mail-queue.js';
import { htmlOf } from './html-of.js';
import { Mail, type SettledFailure } from './mail.entity.js';
import { mailFailure, type MailFailure } from './rules/mail-failure.rule.js';
import { failureCode } from './smtp-error.js';
import { smtpOptions } from './smtp-options.js';

const BATCH = 10;
const PAUSE = SECOND;
/** How long a sender may keep a mail to itself; after that another takes it, for this one may be gone. */
const CLAIM = 2 * MINUTE;
const LONGEST_BACK_OFF = 10 * MINUTE;
const GIVE_UP = 5 * DAY;

/** Time until the next attempt: 1 s, 2 s, 4 s … at most 10 minutes. */
export const backOff = (attempts: number): number => Math.min(2 ** (attempts - 1) * SECOND, LONGEST_BACK_OFF);

const outcomes = new Counter({
  name: 'mails_total',
  help: 'Attempts to send a mail, by outcome: sent, retry, server-fault (tried again too), failed.',
  labelNames: ['outcome'],
});

/**
 * Sends what is queued.
 *
 * A mail is claimed by putting its `not_before` ahead, in a statement that skips rows which another instance is
 * claiming, so no transaction stays open while the mail server is spoken to. A sender that dies after handing over a
 * mail and before writing that down, or cannot write for long, sends it again after the claim ends, under the same Message-ID, by which mail
 * systems drop a repeat. A mail that cannot be sent is tried again ever more slowly, and given up after five days,
 * which the operator sees. When the server says that the address is wrong, the mail is given up at once and the address is doubted.
 */
@Injectable()
export class MailSender implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly transport: Transporter;
  private readonly loop = new Loop(
    () => this.sendAll(),
    PAUSE,
    (error) => this.logger.warning('mail-queue-unavailable', { error: errorKind(error) }),
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly sealingKey: SealingKey,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly config: RegionalNodeConfig,
    private readonly logger: ProgramLogger,
  ) {
    this.transport = createTransport(smtpOptions(config), { from: config.mailFrom });
  }

  onApplicationBootstrap(): void {
    this.loop.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    this.transport.close();
  }

  /** Looks at the queue now instead of within a second: call it after a commit that queued a mail. */
  wake(): void {
    this.loop.wake();
  }

  private async sendAll(): Promise<void> {
    for (let claimed = await this.claim(); claimed.length > 0; claimed = await this.claim()) {
      for (const mail of claimed) await this.send(mail);
      if (this.loop.stopping) return;
    }
  }

  private async claim(): Promise<Mail[]> {
    const now = this.clock.now();
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `update mail set attempts = attempts + 1, not_before = $2
       where id in (select id from mail where state = 'queued' and (not_before <= $1 or not_before > $4)
                    order by not_before for update skip locked limit $3)
       returning id`,
      [now, new Date(now.getTime() + CLAIM), BATCH, this.latest(now)],
    );
    return Promise.all(rows.map(({ id }) => this.dataSource.manager.findOneByOrFail(Mail, { id })));
  }

  /** No mail is put off longer than until then; one that is, was by a clock that was ahead. */
  private latest(now: Date): Date {
    const patience = this.config.leadPatienceSeconds * SECOND;
    return new Date(now.getTime() + Math.max(patience, LONGEST_BACK_OFF, LONGEST_REST) + MINUTE);
  }

  private async send(mail: Mail): Promise<void> {
    const now = this.clock.now();
    try {
      if (!mail.bodySealed) throw new Error('a queued mail has a text');
      const text = this.sealingKey.open(`mail/${mail.id}`, mail.bodySealed).toString();
      await this.transport.sendMail({
        to: mail.toAddress,
        subject: mail.subject,
        text,
        html: htmlOf(text, mail.subject, this.config.publicUrl),
        messageId: `<${mail.messageId}>`,
        date: now,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      await this.noteFailure(mail, now, error);
      return;
    }
    await this.noteSent(mail, now);
    outcomes.inc({ outcome: 'sent' });
    this.logger.event('mail-sent', { attempts: mail.attempts });
  }

  private async noteFailure(mail: Mail, now: Date, error: unknown): Promise<void> {
    const lastErrorKind = failureCode(error);
    const failure = await this.settled(mail, lastErrorKind, mailFailure(error as object));
    if (failure === 'address-wrong') await this.doubt(mail.toAddress, now);
    const givenUp = failure === 'address-wrong' || now.getTime() - mail.createdAt.getTime() >= GIVE_UP;
    await this.dataSource.manager.update(
      Mail,
      { id: mail.id, state: 'queued' },
      {
        ...{ lastErrorKind, failure, lastTriedAt: now },
        ...(givenUp
          ? { state: 'failed', bodySealed: null }
          : { notBefore: new Date(now.getTime() + backOff(mail.attempts)) }),
      },
    );
    outcomes.inc({ outcome: givenUp ? 'failed' : failure === 'server-fault' ? failure : 'retry' });
    this.logger.warning(givenUp ? 'mail-given-up' : 'mail-not-sent', { error: lastErrorKind, kind: failure });
  }

  /** A refusal that may be about the address or about us is about us when another address got it too, and nothing was accepted since. */
  private async settled(mail: Mail, code: string, failure: MailFailure): Promise<SettledFailure> {
    if (failure !== 'address-unclear') return failure;
    const others = await this.dataSource.query<unknown[]>(
      `select from mail other where to_address <> $1 and last_error_kind = $2
         and not exists (select from mail where state = 'sent' and sent_at > other.last_tried_at) limit 1`,
      [mail.toAddress, code],
    );
    return others.length > 0 ? 'server-fault' : 'address-wrong';
  }

  /** Notes that a mail was accepted, if need be in several attempts for as long as it is ours: else it would be sent again. */
  private async noteSent(mail: Mail, now: Date): Promise<void> {
    const until = performance.now() + CLAIM / 2;
    for (;;) {
      try {
        await this.dataSource.manager.update(
          Mail,
          { id: mail.id },
          { state: 'sent', sentAt: now, bodySealed: null, lastErrorKind: null, failure: null },
        );
        return;
      } catch (error) {
        if (this.loop.stopping || performance.now() > until) throw error;
        await pause(PAUSE);
      }
    }
  }

  /** Has coordinator and operator see that an address is not right. */
  private doubt(email: string, at: Date): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const people = await manager.findBy(Professional, { email, emailRefusedAt: IsNull() });
      for (const { id } of people) {
        await manager.update(Professional, { id }, { emailRefusedAt: at });
        await this.audit.record(manager, SYSTEM, 'contact-doubted', { professional: id });
      }
    });
  }
}
