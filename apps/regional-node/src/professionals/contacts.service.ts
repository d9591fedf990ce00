import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { held, Organisation, Professional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import type { ContactState, DoubtedContact } from './dto/contact.dto.js';
import { speaksFor } from './professionals.access.js';
import { confirmContactOn, contactReminderDue } from './rules/confirm-contact.rule.js';

/** Keeps contact details right: asks for them, takes confirmations, and shows which ones are doubted. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** What is known of whether somebody's contact details are right. */
  async stateOf(professional: Professional): Promise<ContactState> {
    const { contacts } = (await this.covenants.current()).document;
    return stateOf(professional, contacts.confirmEveryMonths);
  }

  /** What follows from contact details that somebody just entered. @param fields those that were */
  enteredNow(fields: readonly string[]): Partial<Professional> {
    return {
      ...(fields.some((field) => ['function', 'phone', 'email'].includes(field))
        ? { contactConfirmedOn: this.today() }
        : {}),
      ...(fields.includes('email') ? { emailRefusedAt: null } : {}),
    };
  }

  /** Says that the contact details are right. @throws Problem `not-found` for nobody and somebody else's people alike */
  confirm(actor: Professional, id: string): Promise<ContactState> {
    return this.dataSource.transaction(async (manager) => {
      const professional = await held(manager, id);
      if (!professional || professional.departedOn !== null || !speaksFor(actor, professional))
        throw new Problem('not-found');
      // who else says so does not say it for their first ones
      const isOwner = actor.subject === professional.subject;
      const confirmed = {
        ...{ contactConfirmedOn: this.today(), emailRefusedAt: null },
        ...(isOwner ? { contactWaitsSince: null } : {}),
      };
      await manager.update(Professional, { id }, confirmed);
      await this.audit.record(manager, actor.id, 'contact-confirmed', { professional: id });
      return this.stateOf(Object.assign(professional, confirmed));
    });
  }

  /** Everybody whose mail address was refused or who did not confirm in time, at most 200, by organisation. */
  async doubted(): Promise<DoubtedContact[]> {
    const { contacts } = (await this.covenants.current()).document;
    const people = await this.dataSource.manager.find(Professional, {
      where: [
        { departedOn: IsNull(), emailRefusedAt: Not(IsNull()) },
        { departedOn: IsNull(), contactRemindedOn: Not(IsNull()) },
      ],
      order: { organisationId: 'asc', name: 'asc' },
    });
    const today = this.today();
    const organisations = await this.dataSource.manager.findBy(Organisation, {
      id: In(people.map(({ organisationId }) => organisationId)),
    });
    return people
      .map((person) => ({
        ...{ id: person.id, name: person.name },
        organisation: organisations.find(({ id }) => id === person.organisationId)!.name,
        ...stateOf(person, contacts.confirmEveryMonths),
      }))
      .filter(({ emailRefusedAt, confirmBefore }) => emailRefusedAt !== undefined || confirmBefore <= today)
      .slice(0, 200);
  }

  /** Ids of those who are to be asked today. */
  async toRemind(): Promise<string[]> {
    const { contacts } = (await this.covenants.current()).document;
    const people = await this.dataSource.manager.find(Professional, { where: { departedOn: IsNull() } });
    return people.filter((person) => this.isDue(person, contacts.confirmEveryMonths)).map(({ id }) => id);
  }

  /** Asks somebody to confirm the contact details. @returns false when that is not due any more */
  remind(id: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const { name: indexName, contacts } = (await this.covenants.current(manager)).document;
      const professional = await held(manager, id);
      if (!professional || !this.isDue(professional, contacts.confirmEveryMonths)) return false;
      const { name, email, contactConfirmedOn } = professional;
      await manager.update(Professional, { id }, { contactRemindedOn: this.today() });
      await this.mails.queue(
        manager,
        noticeMail({
          indexName,
          region: this.config.region,
          to: { name, email },
          about: ['confirm-contact', id, contactConfirmedOn],
          subject: 'kloppen uw contactgegevens nog?',
          paragraphs: [
            'Bij een match krijgen anderen uw functie, telefoonnummer en e-mailadres om u te bereiken.',
            `Kloppen deze nog? Bevestig ze na inloggen, of laat ze verbeteren door de coördinator van uw organisatie: ${this.config.publicUrl}`,
          ],
        }),
      );
      await this.audit.record(manager, SYSTEM, 'contact-asked', { professional: id });
      return true;
    });
  }

  private isDue({ contactConfirmedOn, contactRemindedOn }: Professional, months: number): boolean {
    const known = { confirmedOn: contactConfirmedOn, remindedOn: contactRemindedOn };
    return contactReminderDue(known, months, this.today());
  }

  private today(): string {
    return dayInAmsterdam(this.clock.now());
  }
}

const stateOf = (
  { contactConfirmedOn, emailRefusedAt, contactWaitsSince }: Professional,
  months: number,
): ContactState => ({
  confirmedOn: contactConfirmedOn,
  confirmBefore: confirmContactOn(contactConfirmedOn, months),
  ...(emailRefusedAt === null ? {} : { emailRefusedAt: emailRefusedAt.toISOString() }),
  ...(contactWaitsSince === null ? {} : { waitsSince: contactWaitsSince.toISOString() }),
});
