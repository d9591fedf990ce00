import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '#libs/clock';
import { softwareVersion } from '#libs/configuration';
import { LinkRestarts, Outbox } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import {
  RELAY,
  formOfCard,
  inOldestForm,
  isLater,
  listedOn,
  type CardDeliver,
  type CardOutcome,
  type ContactCard,
  type MatchClosed,
  type MatchFound,
  type ReceiptDeliver,
} from '#libs/protocol';
import { In, type EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Forms, Registers, ReleaseWindow } from '../federation/index.js';
import { Handles, personOf, type Handle, type PersonRef } from '../handles/index.js';
import { CardEnvelopes, VALID_FOR } from './card-envelopes.js';
import { FederatedMatch } from './federated-match.entity.js';
import { MatchEnds } from './match-ends.js';
import { RollQuestion } from './roll-question.entity.js';

/** How much of its validity a card may have left before it is renewed. */
const RENEW_AT = 28 * DAY;

/** A match with its handle and, once it came and opened, the other side's card. */
export interface OpenedMatch {
  match: FederatedMatch;
  handle: Handle;
  card?: ContactCard;
}

/** What a card of ours says; when it stops being valid is added at sealing. */
export type CardContent = Omit<ContactCard, 'validUntil' | 'v'>;

/**
 * Keeps the exchange of contact cards: what came in, what went out, when it must be said again.
 * Knows nothing of signals; `matches` decides what a card says.
 */
@Injectable()
export class Cards {
  constructor(
    private readonly handles: Handles,
    private readonly outbox: Outbox,
    private readonly registers: Registers,
    private readonly release: ReleaseWindow,
    private readonly envelopes: CardEnvelopes,
    private readonly ends: MatchEnds,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
    private readonly forms: Forms,
    links: LinkRestarts,
  ) {
    links.onRestart((manager) => this.forgetWhatWasSaid(manager));
    forms.onChange((manager, peerRegion) => this.lookAgain(manager, [peerRegion]));
  }

  /** Takes notices of the relay. One for a handle that has ended meanwhile is dropped. @returns the persons concerned */
  async noticed(manager: EntityManager, notices: readonly MatchFound[]): Promise<PersonRef[]> {
    const handles = await this.handlesById(manager, notices.map(handleOf));
    const persons: PersonRef[] = [];
    for (const notice of notices) {
      const handle = handles.get(hex(handleOf(notice)));
      if (
        !handle ||
        // what is in the archive matches nobody, whoever says so
        handle.role === 'archive' ||
        (handle.endedAt && !(await manager.existsBy(FederatedMatch, { matchId: notice.matchId })))
      )
        continue;
      // one with a suspended region is kept: the relay may follow a newer register, in which that region takes part again
      this.registers.peer(notice.peerRegion);
      if (notice.peerRegion === this.config.region || this.registers.isRemoved(notice.peerRegion)) continue;
      await manager
        .createQueryBuilder()
        .insert()
        .into(FederatedMatch)
        .values({
          matchId: notice.matchId,
          handle: handle.handle,
          peerRegion: notice.peerRegion,
          epoch: notice.epoch,
          sendFirst: notice.sendFirst,
          noticedAt: this.clock.now(),
        })
        .orIgnore()
        .execute();
      // one that is told again: somebody lost memory, so our card is said again; a rebuilt relay may name another to begin, then both may
      await manager.update(
        FederatedMatch,
        { matchId: notice.matchId },
        {
          outContent: null,
          questionsBefore: await this.questionsTo(manager, notice.peerRegion),
          ...(notice.sendFirst ? { sendFirst: true } : {}),
        },
      );
      if (handle.endedAt) await this.ends.end(manager, [handle]);
      else persons.push(personOf(handle));
    }
    return persons;
  }

  /**
   * The other side's handle is gone, or the relay does not know the match: the first forgets what no card has answered. What a card established
   * stays, and so does what the other side may not have heard the end of.
   * @returns the regions with which something stays
   */
  async closed(manager: EntityManager, notices: readonly MatchClosed[]): Promise<string[]> {
    const gone = notices.filter(({ unknown }) => !unknown).map(({ matchId }) => matchId);
    const [over] = await manager.query<[{ handle: Buffer }[], number]>(
      `delete from federated_match where match_id = any($1) and in_card is null returning handle`,
      [gone],
    );
    await this.ends.finish(manager, over);
    const staying = await manager.findBy(FederatedMatch, {
      matchId: In(notices.map(({ matchId }) => matchId)),
    });
    return [...new Set(staying.map(({ peerRegion }) => peerRegion))];
  }

  /**
   * Opens cards of other regions and sends receipts.
   * A card for a match that has ended here is dropped quietly; one for a live handle that does not open alarms both sides.
   * @returns the persons about whom something changed
   */
  async delivered(manager: EntityManager, cards: readonly CardDeliver[]): Promise<PersonRef[]> {
    const matches = new Map(
      (await manager.findBy(FederatedMatch, { matchId: In(cards.map((card) => card.matchId)) })).map((m) => [
        m.matchId,
        m,
      ]),
    );
    const handles = await this.handlesById(
      manager,
      [...matches.values()].map((match) => match.handle),
    );
    const persons: PersonRef[] = [];
    for (const card of cards) {
      const match = matches.get(card.matchId);
      const handle = match && handles.get(hex(match.handle));
      if (!match || !handle || handle.endedAt || match.peerRegion !== card.fromRegion) {
        await this.receipt(manager, card, 'ended');
        continue;
      }
      // of a suspended region nothing is answered: when it takes part again, an inventory brings the card once more
      if (!this.registers.peer(card.fromRegion)) continue;
      if (!isLater(card.version, { incarnation: match.inIncarnation, n: match.inN })) continue;
      const content = await this.envelopes.open(match, handle, card);
      if (!content) {
        await manager.increment(FederatedMatch, { matchId: match.matchId }, 'inUnopenable', 1);
        this.logger.warning('card-unopenable', { from: card.fromRegion });
        await this.receipt(manager, card, 'unopenable');
        continue;
      }
      match.inIncarnation = card.version.incarnation;
      match.inN = card.version.n;
      if (listedOn(content).length === 0) {
        await manager.delete(FederatedMatch, { matchId: match.matchId });
        matches.delete(match.matchId);
      } else {
        match.inCard = this.envelopes.forKeeping(match, content);
        // nobody can make a card count for longer than everybody's, by a wrong clock or on purpose
        const latest = this.clock.now().getTime() + VALID_FOR;
        match.inValidUntil = new Date(Math.min(Date.parse(content.validUntil), latest));
        match.questionsBefore = await this.questionsTo(manager, match.peerRegion);
        await manager.save(FederatedMatch, match);
      }
      persons.push(personOf(handle));
      await this.receipt(manager, card, 'opened');
      this.logger.event(listedOn(content).length === 0 ? 'card-ended' : 'card-opened', {
        from: card.fromRegion,
      });
    }
    return persons;
  }

  /** Notes what other regions did with our cards; a match that has ended here is over when the other side knows. */
  async confirmed(manager: EntityManager, receipts: readonly ReceiptDeliver[]): Promise<void> {
    for (const receipt of receipts) {
      await manager.query(
        `update federated_match set out_confirmed_n = $3, out_outcome = $4
         where match_id = $1 and peer_region = $2 and out_incarnation = $5 and $3 >= out_confirmed_n and $3 <= out_n`,
        [
          receipt.matchId,
          receipt.fromRegion,
          receipt.version.n,
          receipt.outcome,
          receipt.version.incarnation,
        ],
      );
      if (receipt.outcome === 'unopenable') await this.unopened(manager, receipt);
    }
    const [over] = await manager.query<[{ handle: Buffer }[], number]>(
      `delete from federated_match m using handle h
       where h.handle = m.handle and h.ended_at is not null and m.out_confirmed_n = m.out_n and m.match_id = any($1)
       returning m.handle`,
      [receipts.map((receipt) => receipt.matchId)],
    );
    await this.ends.finish(manager, over);
  }

  /** The other side could not open a card of ours: one in a later form than the oldest goes once more, in the oldest. */
  private async unopened(
    manager: EntityManager,
    { matchId, fromRegion, version }: ReceiptDeliver,
  ): Promise<void> {
    const { incarnation: outIncarnation, n: outN } = version;
    const which = { matchId, peerRegion: fromRegion, outIncarnation, outN };
    const match = await manager.findOneBy(FederatedMatch, which);
    if (match && match.outForm !== 'card/1.0') {
      this.logger.event('card-form-doubted', { at: fromRegion });
      await this.forms.doubt(manager, fromRegion);
    } else this.logger.warning('our-card-unopenable', { at: fromRegion });
  }

  /** The matches on live handles of these persons, with the cards that came. */
  async of(manager: EntityManager, persons: readonly PersonRef[]): Promise<OpenedMatch[]> {
    const handles = new Map(
      (await this.handles.of(manager, persons)).map((handle) => [hex(handle.handle), handle]),
    );
    if (handles.size === 0) return [];
    const matches = await manager.find(FederatedMatch, {
      where: { handle: In([...handles.values()].map((handle) => handle.handle)) },
      order: { matchId: 'asc' },
    });
    return matches.map((match) => ({
      match,
      handle: handles.get(hex(match.handle))!,
      ...(match.inCard ? { card: this.envelopes.kept(match) } : {}),
    }));
  }

  /** Whether we may tell who we are: as the side that sends first, or after the other side named somebody. */
  maySend({ match, card }: OpenedMatch): boolean {
    return match.sendFirst || (card !== undefined && listedOn(card).length > 0);
  }

  /** Sends our card if it says something new, or if the last one will not stay valid long. @returns whether it was sent */
  async publish(
    manager: EntityManager,
    { match, handle }: OpenedMatch,
    content: CardContent,
  ): Promise<boolean> {
    const form = formOfCard(content);
    const said = (await this.forms.speaks(manager, match.peerRegion, form)) ? content : inOldestForm(content);
    const hash = createHash('sha256').update(JSON.stringify(said)).digest();
    const now = this.clock.now();
    const renewAt = new Date(now.getTime() + RENEW_AT);
    if (match.outContent?.equals(hash) && match.outValidUntil && match.outValidUntil > renewAt) return false;
    const delay = match.outN === 0 ? 0 : this.release.next();
    const validUntil = new Date(now.getTime() + VALID_FOR);
    if (
      !(await this.envelopes.send(
        manager,
        match,
        handle,
        { ...said, v: 1, validUntil: validUntil.toISOString() },
        delay,
      ))
    )
      return false;
    match.outContent = hash;
    match.outValidUntil = validUntil;
    await manager.save(FederatedMatch, match);
    return true;
  }

  /** Has our side of matches said again: the last word at once, a card when the persons are settled. @returns those persons */
  async sayAgain(manager: EntityManager, matches: readonly FederatedMatch[]): Promise<PersonRef[]> {
    if (matches.length === 0) return [];
    await manager.update(
      FederatedMatch,
      { matchId: In(matches.map((match) => match.matchId)) },
      { outContent: null },
    );
    const handles = await this.handles.byIds(
      manager,
      matches.map((match) => match.handle),
    );
    const ended = handles.filter(({ endedAt }) => endedAt);
    await this.ends.end(manager, ended);
    return handles.filter((handle) => !ended.includes(handle)).map(personOf);
  }

  /** Our cards to these regions may be due: the regions speak other forms than before, or take part again. */
  async lookAgain(manager: EntityManager, regions: readonly string[]): Promise<void> {
    await manager.update(FederatedMatch, { peerRegion: In([...regions]) }, { isDue: true });
  }

  /** Persons with a card of ours that must be renewed, may be due in another form, or was set aside by another version of this software. */
  async toRenew(manager: EntityManager): Promise<PersonRef[]> {
    const renewAt = new Date(this.clock.now().getTime() + RENEW_AT);
    const due = await manager
      .createQueryBuilder(FederatedMatch, 'm')
      .where(
        `(m.out_valid_until < :renewAt or m.is_due
          or m.match_id in (select key from set_aside where kind = 'card' and software_version <> :version))`,
        { renewAt, version: softwareVersion() },
      )
      .andWhere('exists (select 1 from handle h where h.handle = m.handle and h.ended_at is null)')
      .orderBy('m.out_valid_until')
      .limit(100)
      .getMany();
    const matchIds = due.map(({ matchId }) => matchId);
    await manager.update(FederatedMatch, { matchId: In(matchIds), isDue: true }, { isDue: false });
    await manager.query(
      `delete from set_aside where kind = 'card' and key not in (select match_id from federated_match)`,
    );
    return this.handles.livePersons(
      manager,
      due.map(({ handle }) => handle),
    );
  }

  /** After a restart of the link every card is said again, when the relay names its match again. */
  private async forgetWhatWasSaid(manager: EntityManager): Promise<void> {
    await manager.query(`update federated_match set out_content = null`);
  }

  private async receipt(manager: EntityManager, card: CardDeliver, outcome: CardOutcome): Promise<void> {
    const { matchId, version, fromRegion } = card;
    await this.outbox.enqueue(manager, RELAY, 'receipt.send', {
      matchId,
      version,
      outcome,
      toRegion: fromRegion,
    });
  }

  private async handlesById(manager: EntityManager, ids: readonly Buffer[]): Promise<Map<string, Handle>> {
    const handles = await this.handles.byIds(manager, ids);
    return new Map(handles.map((handle) => [hex(handle.handle), handle]));
  }

  private async questionsTo(manager: EntityManager, peerRegion: string): Promise<number> {
    return (await manager.findOneBy(RollQuestion, { peerRegion }))?.n ?? 0;
  }
}

const hex = (bytes: Buffer): string => bytes.toString('hex');
const handleOf = ({ handle }: { handle: string }): Buffer => Buffer.from(handle, 'base64url');
