import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EndingReason } from '../archive/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import type { Signal } from '../youths/index.js';

/** Why a signal ended that its filer did not end. Of a request of the youth or the parents only that the college decided. */
const CAUSES: Partial<Record<EndingReason, string>> = {
  expired: 'De termijn is voorbij.',
  age: 'De jeugdige is 23 jaar geworden.',
  deceased: 'De jeugdige is overleden.',
  'organisation-left': 'Uw organisatie doet niet meer mee aan de verwijsindex.',
  'erased-on-request': 'Dat is een besluit van het college.',
};

/** The mail to a filer whose signal has ended, and who did not end it. Nobody else is told the cause. */
@Injectable()
export class EndedNotice {
  constructor(
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly config: RegionalNodeConfig,
  ) {}

  async tell(
    manager: EntityManager,
    { id, number, professionalId }: Pick<Signal, 'id' | 'number' | 'professionalId'>,
    reason: EndingReason,
  ): Promise<void> {
    const cause = CAUSES[reason];
    if (cause === undefined) return;
    const filer = await manager.findOneByOrFail(Professional, { id: professionalId });
    if (filer.departedOn !== null) return;
    const { document } = await this.covenants.current(manager);
    const mail = noticeMail({
      ...{ indexName: document.name, region: this.config.region, to: filer },
      about: ['ended', id],
      subject: `uw signaal ${number} is beëindigd`,
      paragraphs: [`Uw signaal ${number} is beëindigd. ${cause}`, 'U hoeft niets te doen.'],
    });
    await this.mails.queue(manager, mail);
  }
}
