import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { ContactChange, held, idsOfPerson, Organisation, Professional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import { Matches } from '../matches/index.js';
import { ContactsService } from './contacts.service.js';
import type { ContactChangeShown } from './dto/contact.dto.js';
import { REACHED_BY, type Reached } from './dto/professional.dto.js';
import { looksAfter } from './professionals.access.js';

type Entered = Partial<Pick<Professional, Reached>>;

/**
 * Telephone numbers and mail addresses that somebody else entered.
 *
 * They wait until their owner confirms them after logging in. Until then cards, screens of others and mails keep the confirmed ones. The old and the
 * new address get a mail that there is news, which names nobody: either may be somebody else's.
 */
@Injectable()
export class ContactChanges {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly contacts: ContactsService,
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** The changes that wait, by id of the professional. */
  async waiting(manager: EntityManager, ids: readonly string[]): Promise<Map<string, ContactChange>> {
    const changes = await manager.findBy(ContactChange, { professionalId: In([...ids]) });
    return new Map(changes.map((change) => [change.professionalId, change]));
  }

  /** What waits for a person, under all their designations. */
  async shownTo(professional: Professional): Promise<ContactChangeShown[]> {
    const { manager } = this.dataSource;
    const ids = await idsOfPerson(manager, professional);
    const changes = await manager.find(ContactChange, {
      where: { professionalId: In(ids) },
      order: { changedAt: 'asc', id: 'asc' },
    });
    const rows = await manager.findBy(Professional, {
      id: In(changes.map(({ professionalId }) => professionalId)),
    });
    const organisations = await manager.findBy(Organisation, {
      id: In(rows.map(({ organisationId }) => organisationId)),
    });
    return changes.map(({ id, professionalId, phone, email, changedBy, changedAt }) => {
      const { organisationId } = rows.find((row) => row.id === professionalId)!;
      return {
        ...{ id, organisation: organisations.find((each) => each.id === organisationId)!.name },
        ...(phone === null ? {} : { phone }),
        ...(email === null ? {} : { email }),
        ...{ changedBy, changedAt: changedAt.toISOString() },
      };
    });
  }

  /**
   * Takes what was entered about somebody. Has what only its owner may say wait for them, unless they entered it.
   * @returns what counts at once
   */
  async enter(
    manager: EntityManager,
    actor: Professional,
    professional: Professional,
    { phone, email, ...others }: Partial<Professional>,
  ): Promise<Partial<Professional>> {
    const reached = {
      ...(phone === undefined ? {} : { phone }),
      ...(email === undefined ? {} : { email }),
    };
    if (actor.subject === professional.subject) return { ...others, ...reached };
    await this.propose(manager, actor, professional, reached);
    return others;
  }

  /** Has a change count, as its owner. @throws Problem `not-found` for one that is somebody else's or has been replaced */
  async confirm(owner: Professional, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { change, professional } = await this.take(manager, owner, id);
      const fields = fieldsOf(change);
      const values = Object.fromEntries(fields.map((field) => [field, change[field]])) as Entered;
      await manager.update(
        Professional,
        { id: professional.id },
        { ...values, ...this.contacts.enteredNow(fields) },
      );
      await this.audit.record(manager, owner.id, 'contact-change-confirmed', {
        professional: professional.id,
        fields: [...fields],
      });
      await this.matches.retell(manager, professional);
    });
    this.matches.wake();
  }

  /** Has everything stay as it is, as the owner. @throws Problem `not-found` */
  async reject(owner: Professional, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { change, professional } = await this.take(manager, owner, id);
      await this.audit.record(manager, owner.id, 'contact-change-rejected', {
        professional: professional.id,
        fields: [...fieldsOf(change)],
      });
    });
  }

  private async propose(
    manager: EntityManager,
    actor: Professional,
    professional: Professional,
    entered: Entered,
  ): Promise<void> {
    const { id: professionalId } = professional;
    const before = await manager.findOneBy(ContactChange, { professionalId });
    const valueOf = (field: Reached): string | null => {
      const value = entered[field] ?? before?.[field] ?? null;
      return value === professional[field] ? null : value;
    };
    const [phone, email] = [valueOf('phone'), valueOf('email')];
    if (phone === (before?.phone ?? null) && email === (before?.email ?? null)) return;
    await manager.delete(ContactChange, { professionalId });
    if (phone === null && email === null) return;
    const id = randomUUID();
    const isCoordinator = actor.roles.includes('coordinator') && looksAfter(actor, professional);
    await manager.insert(ContactChange, {
      ...{ id, professionalId, phone, email },
      ...{ changedBy: isCoordinator ? 'coordinator' : 'operator', changedAt: this.clock.now() },
    });
    await this.tellNews(manager, professionalId, id, [
      professional.email,
      ...(email === null ? [] : [email]),
    ]);
  }

  /** Names nobody, and not what changed. One that has not left makes place for the next. */
  private async tellNews(
    manager: EntityManager,
    professionalId: string,
    change: string,
    addresses: readonly string[],
  ): Promise<void> {
    const { name: indexName } = (await this.covenants.current(manager)).document;
    for (const [place, email] of addresses.entries())
      await this.mails.queue(manager, {
        ...noticeMail({
          ...{ indexName, region: this.config.region, to: { email }, about: ['contact-change', change] },
          subject: 'er is nieuws voor u',
          paragraphs: [`Er is nieuws voor u. Log in om het te lezen: ${this.config.publicUrl}`],
        }),
        supersedesKey: `contact-change/${professionalId}/${place}`,
      });
  }

  private async take(
    manager: EntityManager,
    owner: Professional,
    id: string,
  ): Promise<{ change: ContactChange; professional: Professional }> {
    const asked = isUUID(id) ? await manager.findOneBy(ContactChange, { id }) : null;
    const professional = asked && (await held(manager, asked.professionalId));
    if (!professional || professional.subject !== owner.subject) throw new Problem('not-found');
    // who held the row meanwhile may have replaced it
    const { affected } = await manager.delete(ContactChange, { id });
    if (!affected) throw new Problem('not-found');
    return { change: asked, professional };
  }
}

/** What a change changes. */
export const fieldsOf = (change: ContactChange): Reached[] =>
  REACHED_BY.filter((field) => change[field] !== null);
