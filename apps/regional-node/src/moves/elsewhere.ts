import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { MAX_TOLD, type Contact } from '#libs/protocol';
import { Problem } from '#libs/problems';
import { In, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { contactOf, Organisation, Professional } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { SentLetters, type Telling } from '../letters/index.js';
import { Municipalities } from '../municipalities/index.js';
import { SHARED, Signal, Youth } from '../youths/index.js';
import { ForwardedCase } from './forwarded-case.entity.js';
import { Move } from './move.entity.js';
import { regionToTell } from './rules/region-to-tell.rule.js';

/**
 * Has process managers of other regions know with whom to speak about a youth who came to live in their municipality, or whose case was forwarded
 * to them: who has a signal here, and nothing about the youth. It follows from moves, forwarded cases and signals, so it is taken back with them.
 */
@Injectable()
export class Elsewhere {
  constructor(
    private readonly letters: SentLetters,
    private readonly registers: Registers,
    private readonly municipalities: Municipalities,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /** Brings other regions in step with what is known here of a youth, or that nothing is any more. The caller holds the lock of the youth. */
  async follow(manager: EntityManager, youthId: string): Promise<void> {
    const youth = await manager.findOneBy(Youth, { id: youthId });
    await this.letters.tell(manager, youthId, youth ? await this.tellings(manager, youth) : []);
  }

  /**
   * Forwards the matches on a youth to the process manager of a municipality of another region; the second time changes nothing. The caller
   * holds the lock of the youth.
   * @throws Problem `case-not-forwardable`, or `not-found` when the last signal ended meanwhile
   */
  async forward(
    manager: EntityManager,
    youthId: string,
    by: Professional,
    municipality: string,
  ): Promise<void> {
    const youth = await manager.findOneBy(Youth, { id: youthId });
    if (!youth) throw new Problem('not-found');
    const region = this.regionFor(youth, municipality);
    if (region === undefined) throw new Problem('case-not-forwardable');
    await manager
      .createQueryBuilder()
      .insert()
      .into(ForwardedCase)
      .values({ youthId: youth.id, municipality, forwardedById: by.id, at: this.clock.now() })
      .orIgnore()
      .execute();
    await this.audit.record(manager, by.id, 'case-forwarded', { region });
    await this.follow(manager, youth.id);
  }

  /** The municipalities to which the matches on these youths were forwarded. */
  async forwardedTo(manager: EntityManager, youthIds: readonly string[]): Promise<Map<string, string[]>> {
    const cases = await manager.find(ForwardedCase, {
      where: { youthId: In(youthIds) },
      order: { at: 'asc', municipality: 'asc' },
    });
    return new Map(
      youthIds.map((id) => [
        id,
        cases.filter(({ youthId }) => youthId === id).map(({ municipality }) => municipality),
      ]),
    );
  }

  private async tellings(manager: EntityManager, youth: Youth): Promise<Telling[]> {
    const [move] = await manager.find(Move, { where: { youthId: youth.id }, order: { at: 'desc' }, take: 1 });
    const forwards = await manager.find(ForwardedCase, {
      where: { youthId: youth.id },
      order: { municipality: 'asc' },
    });
    // who has moved on, or abroad, does not live there any more
    const present = (code: string | null) => this.municipalities.now(code);
    const moved = move && present(move.municipality) === present(youth.municipality) ? [move] : [];
    if (moved.length + forwards.length === 0) return [];
    const told = await this.whomToSpeakWith(manager, youth.id);
    if (told.professionals.length === 0) return [];
    const forwarders = await this.contactsOf(
      manager,
      forwards.map(({ forwardedById }) => forwardedById),
    );
    const to = (municipality: string) => {
      const toRegion = this.regionFor(youth, municipality);
      return toRegion === undefined ? [] : [{ toRegion, municipality, ...told }];
    };
    return [
      ...moved.flatMap(({ municipality }) =>
        to(municipality).map((telling): Telling => ({ ...telling, kind: 'move' })),
      ),
      ...forwards.flatMap(({ municipality, forwardedById }) =>
        to(municipality).map((telling): Telling => ({
          ...telling,
          kind: 'case-forward',
          forwardedBy: forwarders.get(forwardedById)!,
        })),
      ),
    ];
  }

  private async whomToSpeakWith(
    manager: EntityManager,
    youthId: string,
  ): Promise<{ professionals: Contact[]; more: number }> {
    const signals = await manager.find(Signal, {
      where: { youthId, ...SHARED },
      order: { filedAt: 'asc', id: 'asc' },
    });
    const filers = signals.map(({ professionalId }) => professionalId);
    const contacts = await this.contactsOf(manager, filers);
    const professionals = filers.slice(0, MAX_TOLD).map((id) => contacts.get(id)!);
    return { professionals, more: filers.length - professionals.length };
  }

  private async contactsOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Contact>> {
    const people = await manager.findBy(Professional, { id: In(ids) });
    const organisations = await manager.findBy(Organisation, {
      id: In(people.map(({ organisationId }) => organisationId)),
    });
    return new Map(
      people.map((person) => [
        person.id,
        contactOf(
          person,
          organisations.find(({ id }) => id === person.organisationId)!,
        ),
      ]),
    );
  }

  private regionFor(youth: Pick<Youth, 'isProtected'>, municipality: string): string | undefined {
    return regionToTell(youth, this.registers.regionOf(municipality), this.config.region);
  }
}
