import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import type { ContactCard } from '#libs/protocol';
import { In, type EntityManager } from 'typeorm';
import { Registers, ReleaseWindow } from '../federation/index.js';
import { Handles, type Handle, type PersonRef } from '../handles/index.js';
import { CardEnvelopes, VALID_FOR } from './card-envelopes.js';
import { FederatedMatch } from './federated-match.entity.js';

/** Ends handles and matches: the last word to the other side, and letting go when it was heard. */
@Injectable()
export class MatchEnds {
  constructor(
    private readonly handles: Handles,
    private readonly envelopes: CardEnvelopes,
    private readonly registers: Registers,
    private readonly release: ReleaseWindow,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /**
   * Ends our handles: an empty card to every match that we sent one to. The tag stays with the relay until each of them has confirmed
   * that it knows, so that the last word gets through even if the relay loses its memory meanwhile.
   */
  async end(manager: EntityManager, handles: readonly Handle[]): Promise<void> {
    for (const handle of handles) await this.sayEnded(manager, handle);
  }

  /** The last word about a handle, to all who heard of it. */
  private async sayEnded(manager: EntityManager, handle: Handle): Promise<void> {
    const validUntil = new Date(this.clock.now().getTime() + VALID_FOR);
    const nothing: ContactCard = {
      v: 1,
      entries: [],
      leads: [],
      more: 0,
      validUntil: validUntil.toISOString(),
    };
    const delay = this.release.next();
    for (const match of await manager.findBy(FederatedMatch, { handle: handle.handle })) {
      if (match.outN > 0 && (await this.envelopes.send(manager, match, handle, nothing, delay))) {
        await manager.save(FederatedMatch, {
          ...match,
          inCard: null,
          inValidUntil: null,
          outValidUntil: validUntil,
        });
      } else await manager.delete(FederatedMatch, { matchId: match.matchId });
    }
    await this.handles.markEnded(manager, handle);
    await this.finish(manager, [handle]);
  }

  /** Lets go of ended handles that nobody has to hear of any more. */
  async finish(manager: EntityManager, handles: readonly { handle: Buffer }[]): Promise<void> {
    const rows = await this.handles.byIds(
      manager,
      handles.map(({ handle }) => handle),
    );
    for (const handle of rows) {
      if (handle.endedAt && !(await manager.existsBy(FederatedMatch, { handle: handle.handle }))) {
        await this.handles.end(manager, handle, this.release.next());
      }
    }
  }

  /** Ends matches whose card has expired, or whose region the coordinator removed. @returns the persons concerned */
  async endStale(manager: EntityManager, cardsMayExpire: boolean): Promise<PersonRef[]> {
    const all = await manager
      .createQueryBuilder(FederatedMatch, 'm')
      .where('m.in_card is not null and m.in_valid_until < :now', { now: this.clock.now() })
      .orWhere('m.peer_region not in (:...regions)', { regions: this.knownRegions() })
      .limit(200)
      .getMany();
    const stale = all.filter(
      (match) =>
        this.registers.isRemoved(match.peerRegion) ||
        (cardsMayExpire && match.inValidUntil && match.inValidUntil < this.clock.now()),
    );
    const [unheard] = await manager.query<[{ handle: Buffer }[], number]>(
      `delete from federated_match m using handle h
       where h.handle = m.handle and h.ended_at is not null and m.out_valid_until < $1 returning m.handle`,
      [this.clock.now()],
    );
    await this.finish(manager, unheard);
    if (stale.length > 0) this.logger.warning('matches-ended-stale', { count: stale.length });
    return this.drop(manager, stale);
  }

  /** Ends matches whose other side is no more. @returns the persons concerned */
  async drop(manager: EntityManager, matches: readonly FederatedMatch[]): Promise<PersonRef[]> {
    if (matches.length === 0) return [];
    await manager.delete(FederatedMatch, { matchId: In(matches.map((match) => match.matchId)) });
    await this.finish(manager, matches);
    return this.handles.livePersons(
      manager,
      matches.map(({ handle }) => handle),
    );
  }

  private knownRegions(): string[] {
    const known = (this.registers.current()?.regions ?? [])
      .filter((region) => region.state !== 'removed')
      .map((region) => region.id);
    return known.length > 0 ? known : [''];
  }
}
