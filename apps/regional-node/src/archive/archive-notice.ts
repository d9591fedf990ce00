import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants, namedInMail } from '../covenant/index.js';
import type { Professional, VisibleProfessional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import type { Signal } from '../youths/index.js';

/** Somebody who had a signal on the youth, in this region or in another. */
export type Earlier = VisibleProfessional & { endedOn?: string };

/** The mail to a filer that there was a signal earlier. */
@Injectable()
export class ArchiveNotice {
  constructor(
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
  ) {}

  /**
   * Tells a filer that there was a signal earlier, and by whom, unless the covenant keeps such names out of mails.
   * @param region the other region that told; the same is told once
   * @param more how many there were besides those
   */
  async tell(
    manager: EntityManager,
    filer: Professional,
    signal: Pick<Signal, 'id' | 'number'>,
    earlier: readonly Earlier[],
    region?: string,
    more = 0,
  ): Promise<void> {
    if (earlier.length === 0) return;
    const { document } = await this.covenants.current(manager);
    const named = earlier.filter(({ kind }) => namedInMail(kind, document));
    const mail = noticeMail({
      ...{ indexName: document.name, region: this.config.region, to: filer },
      about: ['archive', signal.id, ...(region === undefined ? [] : [region])],
      subject: 'eerdere signalen bij uw signaal',
      paragraphs: [
        `Bij uw signaal ${signal.number} was er eerder een signaal${region === undefined ? '' : ' in een andere regio'}, dat is beëindigd. Dit wordt u eenmalig gemeld.`,
        ...(named.length > 0 ? [['Eerder betrokken:', ...named.map(lineOf)].join('\n')] : []),
        ...(named.length < earlier.length
          ? ['Wie hier niet genoemd wordt, ziet u de komende veertien dagen na het inloggen bij uw signaal.']
          : []),
        ...(more > 0
          ? [`Er waren er meer (${more}); dit zijn degenen van wie het signaal het laatst eindigde.`]
          : []),
        'Zij krijgen hiervan geen bericht.',
      ],
    });
    await this.mails.queue(manager, mail);
    await this.audit.record(manager, SYSTEM, 'archive-told', { signal: signal.number });
  }
}

const lineOf = ({ name, function: role, organisation, location, phone, email, endedOn }: Earlier): string =>
  [
    `- ${name}, ${role}, ${organisation}${location === undefined ? '' : `, ${location}`}`,
    `  telefoon ${phone}`,
    `  e-mail ${email}`,
    ...(endedOn === undefined ? [] : [`  signaal beëindigd op ${inDutch.format(new Date(endedOn))}`]),
  ].join('\n');

const inDutch = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' });
