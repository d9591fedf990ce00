import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Link, LinkRestarts, Outbox } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import {
  MAX_LISTED,
  RELAY,
  Signer,
  isLater,
  openRoll,
  signRoll,
  type Roll,
  type RollDeliver,
  type RollItem,
} from '#libs/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { RegionKeys, Registers } from '../federation/index.js';
import type { PersonRef } from '../handles/index.js';
import { cardKey } from './card-envelopes.js';
import { Cards } from './cards.js';
import { FederatedMatch } from './federated-match.entity.js';
import { MatchEnds } from './match-ends.js';
import { RollQuestion } from './roll-question.entity.js';

const NEVER = { incarnation: 0, n: 0 };

/**
 * Compares with each other region which cards of which matches each side has: daily, after a loss of memory, and soon after the relay says
 * that it does not know a match which this side still has.
 *
 * What does it repair? A card that the other side did not open goes again, if it should have come: it has its place in the order before
 * the question. One that comes after does not; else each roll would double what is on its way. A match that the other side knows nothing about any more (its
 * signal was accepted after the backup that it went back to) ends here too, instead of naming somebody for weeks.
 *
 * May a relay end matches so? No: a roll is signed by the region that made it. May it, or its restored backup, by an old roll? No: only
 * the answer to our last question ends anything, and nothing of which a notice or card came since we asked.
 *
 * May a match be missing in an answer only because its notice is still on its way? No: the relay told both sides at once, before we
 * asked, and brings the other side the question after the notice.
 */
@Injectable()
export class Rolls {
  private readonly signer: Signer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly cards: Cards,
    private readonly ends: MatchEnds,
    private readonly outbox: Outbox,
    private readonly registers: Registers,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
    keys: RegionKeys,
    links: LinkRestarts,
  ) {
    this.signer = new Signer(keys.signing);
    links.onRestart((manager) => this.callAll(manager));
  }

  @Cron(CronExpression.EVERY_DAY_AT_5AM, { timeZone: AMSTERDAM })
  async daily(): Promise<void> {
    await this.dataSource.transaction((manager) => this.callAll(manager));
  }

  /** Sends every region that takes part our roll, and asks for theirs. */
  private async callAll(manager: EntityManager): Promise<void> {
    for (const { id, state } of this.registers.current()?.regions ?? [])
      if (state === 'admitted' && id !== this.config.region) await this.send(manager, id, { asks: true });
  }

  /** There is reason to compare with these regions. */
  async want(manager: EntityManager, peers: readonly string[]): Promise<void> {
    for (const peer of peers)
      await manager.query(
        `insert into roll_question (peer_region, question, n, wanted) values ($1, $2, 0, true)
         on conflict (peer_region) do update set wanted = true`,
        [peer, newName()],
      );
  }

  /** Asks where there is reason to; call it now and then: reasons come in numbers, and a question answers all. */
  async askWhereWanted(manager: EntityManager): Promise<void> {
    const [rows] = await manager.query<[{ peer_region: string }[], number]>(
      `update roll_question set wanted = false where wanted returning peer_region`,
    );
    for (const { peer_region: peer } of rows)
      if (this.registers.region(peer)) await this.send(manager, peer, { asks: true });
  }

  /** Takes rolls of other regions; one that is not theirs changes nothing. @returns the persons about whom something changed */
  async taken(manager: EntityManager, rolls: readonly RollDeliver[]): Promise<PersonRef[]> {
    const persons: PersonRef[] = [];
    for (const { fromRegion, ...signed } of rolls) {
      const peer = this.registers.peer(fromRegion);
      const roll =
        peer && openRoll(signed, { from: fromRegion, to: this.config.region, publicKey: peer.signingKey });
      if (!roll) {
        this.logger.warning('roll-refused', { from: fromRegion });
        continue;
      }
      persons.push(...(await this.compare(manager, roll)));
    }
    return persons;
  }

  private async compare(manager: EntityManager, roll: Roll): Promise<PersonRef[]> {
    const own = await manager
      .createQueryBuilder(FederatedMatch, 'm')
      .where('m.peer_region = :from', { from: roll.from })
      .andWhere(`(:after::text is null or m.match_id collate "C" > :after)`, { after: roll.after ?? null })
      .andWhere(`(:upTo::text is null or m.match_id collate "C" <= :upTo)`, { upTo: roll.upTo ?? null })
      .getMany();
    const items = new Map(roll.items.map((item) => [item.matchId, item]));
    const unlisted = own.filter(({ matchId }) => !items.has(matchId));
    const asked = await manager.findOneBy(RollQuestion, { peerRegion: roll.from });
    const isAnswer = asked !== null && asked.question === roll.answersTo;
    const over = isAnswer ? unlisted.filter(({ questionsBefore }) => questionsBefore < asked.n) : [];
    const unopened = own.filter((match) => {
      const item = items.get(match.matchId);
      return (
        item &&
        match.outN > 0 &&
        isLater({ incarnation: match.outIncarnation, n: match.outN }, item.opened ?? NEVER)
      );
    });
    const missed = isAnswer ? unopened.filter(({ matchId, outN }) => asked.cards[matchId] === outN) : [];
    const persons = await this.repair(manager, roll.from, over, missed);
    // it may be over too, but we heard of it after we asked
    if (isAnswer && over.length < unlisted.length) await this.want(manager, [roll.from]);
    const asks = roll.answersTo === undefined && unlisted.length + unopened.length > 0;
    if (asks || roll.question) await this.send(manager, roll.from, { asks, answersTo: roll.question });
    return persons;
  }

  private async repair(
    manager: EntityManager,
    peer: string,
    over: readonly FederatedMatch[],
    missed: readonly FederatedMatch[],
  ): Promise<PersonRef[]> {
    if (over.length + missed.length === 0) return [];
    await manager.query(
      `insert into card_repair (peer_region, ended, sent_again, last_at) values ($1, $2, $3, $4)
       on conflict (peer_region) do update set ended = card_repair.ended + excluded.ended,
         sent_again = card_repair.sent_again + excluded.sent_again, last_at = excluded.last_at`,
      [peer, over.length, missed.length, this.clock.now()],
    );
    this.logger.event('cards-repaired', { from: peer, ended: over.length, again: missed.length });
    return [...(await this.ends.drop(manager, over)), ...(await this.cards.sayAgain(manager, missed))];
  }

  /** Sends our roll, unless we have yet to learn what we forgot: then we ask when we have. */
  private async send(
    manager: EntityManager,
    peer: string,
    { asks, answersTo }: { asks: boolean; answersTo?: string | undefined },
  ): Promise<void> {
    if ((await manager.findOneBy(Link, { peer: RELAY }))?.recovery) return;
    const matches = await manager
      .createQueryBuilder(FederatedMatch, 'm')
      .where('m.peer_region = :peer', { peer })
      .orderBy('m.match_id collate "C"')
      .getMany();
    const question = asks ? await this.newQuestion(manager, peer, matches) : undefined;
    for (let at = 0; at === 0 || at < matches.length; at += MAX_LISTED) {
      const part = matches.slice(at, at + MAX_LISTED);
      const isLast = at + MAX_LISTED >= matches.length;
      const signed = signRoll(this.signer, {
        ...{ from: this.config.region, to: peer },
        // once for all parts
        ...(question && isLast ? { question } : {}),
        ...(answersTo ? { answersTo } : {}),
        ...(at > 0 ? { after: matches[at - 1]!.matchId } : {}),
        ...(isLast ? {} : { upTo: part.at(-1)!.matchId }),
        items: part.map(itemOf),
      });
      await this.outbox.enqueue(manager, RELAY, 'roll.send', { ...signed, toRegion: peer });
    }
  }

  private async newQuestion(
    manager: EntityManager,
    peer: string,
    matches: readonly FederatedMatch[],
  ): Promise<string> {
    const question = newName();
    const later = await this.outbox.unplaced(manager, RELAY, matches.map(cardKey));
    const before = matches.filter((match) => !later.has(cardKey(match)));
    const cards = Object.fromEntries(before.map(({ matchId, outN }) => [matchId, outN]));
    await manager.query(
      `insert into roll_question (peer_region, question, n, cards) values ($1, $2, 1, $3)
       on conflict (peer_region) do update set question = excluded.question, n = roll_question.n + 1, cards = excluded.cards`,
      [peer, question, cards],
    );
    return question;
  }
}

const newName = (): string => randomBytes(16).toString('base64url');

const itemOf = (match: FederatedMatch): RollItem => ({
  matchId: match.matchId,
  ...(match.outN > 0 ? { sent: { incarnation: match.outIncarnation, n: match.outN } } : {}),
  ...(match.inN > 0 ? { opened: { incarnation: match.inIncarnation, n: match.inN } } : {}),
});
