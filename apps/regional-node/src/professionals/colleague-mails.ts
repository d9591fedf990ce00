import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { RegionalNodeConfig } from '../config.js';
import type { EntityManager } from 'typeorm';
import { Covenants } from '../covenant/index.js';
import type { Professional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';

/** Tells people who reads their matches from now on, because somebody else decided it. */
@Injectable()
export class ColleagueMails {
  constructor(
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly config: RegionalNodeConfig,
  ) {}

  async standIn(manager: EntityManager, absent: Professional, colleague: Professional): Promise<void> {
    await this.tell(manager, absent, 'iemand neemt voor u waar', [
      `Voor u is een afwezigheid vastgelegd. ${colleague.name} neemt dan voor u waar en ziet uw matches.`,
      `Klopt dit niet? Wijzig het na inloggen: ${this.config.publicUrl}`,
    ]);
  }

  async successor(manager: EntityManager, departed: Professional, colleague: Professional): Promise<void> {
    await this.tell(manager, departed, 'een collega heeft uw signalen overgenomen', [
      `Vastgelegd is dat u uit dienst bent. ${colleague.name} heeft uw signalen overgenomen.`,
      'Klopt dit niet? Zeg het de beheerder van de verwijsindex.',
    ]);
  }

  private async tell(
    manager: EntityManager,
    to: Professional,
    subject: string,
    paragraphs: string[],
  ): Promise<void> {
    const { name: indexName } = (await this.covenants.current(manager)).document;
    const about = ['colleague', randomUUID()];
    await this.mails.queue(
      manager,
      noticeMail({ indexName, region: this.config.region, to, about, subject, paragraphs }),
    );
  }
}
