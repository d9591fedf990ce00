import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Mail } from './mail.entity.js';

/** A fault of the mail server that keeps mails waiting. */
export interface MailServerFault {
  /** What it met last, in codes: `RCPT TO 554 5.7.1`. */
  code: string;
  /** When it was met last. */
  lastAt: Date;
  /** How many mails wait for it. */
  waiting: number;
}

/** How the mail server answers, as the waiting mails tell: the same for all instances of the node, and after a restart. */
@Injectable()
export class MailServer {
  constructor(private readonly dataSource: DataSource) {}

  async fault(): Promise<MailServerFault | undefined> {
    const [[mail], waiting] = await this.dataSource.manager.findAndCount(Mail, {
      where: { state: 'queued', failure: 'server-fault' },
      order: { lastTriedAt: 'desc' },
      take: 1,
    });
    return mail && { code: mail.lastErrorKind!, lastAt: mail.lastTriedAt!, waiting };
  }
}
