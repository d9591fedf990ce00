import { randomInt, randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { Loop } from '#libs/loop';
import { OutboxSender } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Cards, MatchEnds, type OpenedMatch } from '../cards/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Registers } from '../federation/index.js';
import { Handles, SecretQueue, probeHandle, type PersonRef } from '../handles/index.js';
import { BlindIndex } from '../keys/index.js';
import { Probe } from './probe.entity.js';
import { probeNumber, turnAt } from './probe-number.js';

/**
 * Exchanges a synthetic match with every other region, again and again, over the same way as real ones: key holders, tag, notice, cards.
 * So both regions and the coordinator see that matches really flow.
 *
 * Can the relay tell it from a real one, and swallow the others? Its tag and cards look the same, and leave at a random moment.
 * Does a professional ever see it? No: it belongs to no youth, and `matches` draws only youths.
 */
@Injectable()
export class Probes implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    private readonly dataSource: DataSource,
    private readonly handles: Handles,
    private readonly cards: Cards,
    private readonly ends: MatchEnds,
    private readonly secrets: SecretQueue,
    private readonly sender: OutboxSender,
    private readonly registers: Registers,
    private readonly blindIndex: BlindIndex,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {
    this.loop = new Loop(
      () => this.turn(),
      Math.min(60, Math.max(1, config.probeSeconds / 10)) * SECOND,
      (error) => this.logger.warning('probe-failed', { kind: errorKind(error) }),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.probeSeconds > 0) this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Answers cards of probes, and notes which ones came; called in the transaction that took them. */
  async settle(manager: EntityManager, persons: readonly PersonRef[]): Promise<void> {
    const indexes = persons.filter(({ role }) => role === 'probe').map(({ index }) => index);
    if (indexes.length === 0) return;
    const probes = await manager.findBy(Probe, { personIndex: In(indexes) });
    for (const probe of probes) {
      for (const opened of await this.cards.of(manager, [refOf(probe)])) {
        if (opened.match.peerRegion !== probe.peerRegion) continue;
        if (this.cards.maySend(opened)) await this.publish(manager, probe, opened);
        const isNew = opened.card && !(probe.lastMatchAt && probe.lastMatchAt >= probe.turnedAt);
        if (isNew)
          await manager.update(Probe, { peerRegion: probe.peerRegion }, { lastMatchAt: this.clock.now() });
      }
    }
  }

  /** Those of these handles that are not of probes of this turn or the one before. */
  realAmong(handles: readonly string[]): string[] {
    const turn = turnAt(this.clock.now(), this.config.probeSeconds || 1);
    const probes = new Set(
      this.peers().flatMap((peer) =>
        [turn, turn - 1].map((at) => probeHandle(this.blindIndex.ofProbe(peer, at)).toString('base64url')),
      ),
    );
    return handles.filter((handle) => !probes.has(handle));
  }

  private peers(): string[] {
    return (this.registers.current()?.regions ?? [])
      .filter(({ id, state }) => state === 'admitted' && id !== this.config.region)
      .map(({ id }) => id);
  }

  /** Begins the present turn with every region that takes part, and ends what is left of earlier ones. */
  private async turn(): Promise<void> {
    const turn = turnAt(this.clock.now(), this.config.probeSeconds);
    const peers = this.peers();
    const known = await this.dataSource.manager.find(Probe);
    const gone = known.filter(({ peerRegion }) => !peers.includes(peerRegion));
    const due = peers.filter(
      (peer) => Number(known.find(({ peerRegion }) => peerRegion === peer)?.turn ?? -1) !== turn,
    );
    for (const peer of [...gone.map(({ peerRegion }) => peerRegion), ...due]) {
      await this.dataSource.transaction(async (manager) => {
        await manager.query(`select pg_advisory_xact_lock(hashtext('probe'), hashtext($1))`, [peer]);
        const before = await manager.findOneBy(Probe, { peerRegion: peer });
        if (before) await this.ends.end(manager, await this.handles.of(manager, [refOf(before)]));
        if (!peers.includes(peer)) await manager.delete(Probe, { peerRegion: peer });
        else await this.begin(manager, peer, turn, before);
      });
      if (this.loop.stopping) return;
    }
    if (due.length === 0) return;
    this.secrets.wake();
    this.sender.wake();
  }

  private async begin(
    manager: EntityManager,
    peer: string,
    turn: number,
    before: Probe | null,
  ): Promise<void> {
    const number = probeNumber(this.config.region, peer, turn);
    const now = this.clock.now();
    const probe = manager.create(Probe, {
      peerRegion: peer,
      turn: String(turn),
      personIndex: this.blindIndex.ofProbe(peer, turn),
      entryId: randomUUID(),
      turnedAt: now,
      since: before?.since ?? now,
      lastMatchAt: before?.lastMatchAt ?? null,
    });
    await manager.save(probe);
    // within the first half of the turn, so that both sides are there in the second
    const notBefore = new Date(now.getTime() + randomInt(1 + this.config.probeSeconds * 500));
    await this.handles.beginProbe(manager, probe.personIndex, number, notBefore);
  }

  private async publish(manager: EntityManager, probe: Probe, opened: OpenedMatch): Promise<void> {
    const secret = this.handles.secretOf(opened.handle);
    if (!secret) return;
    await this.cards.publish(manager, opened, {
      entries: [
        {
          ...CONTACT,
          entryId: probe.entryId,
          youthRef: secret.youthRef(opened.match.matchId),
          kind: 'probe',
          filedAt: probe.turnedAt.toISOString(),
          contactMade: [],
        },
      ],
      leads: [],
      more: 0,
    });
  }
}

/** Nobody: fills the card of a probe, which no person sees. */
const CONTACT = {
  name: 'Proefmatch',
  function: 'proef',
  organisation: 'Verwijsindex',
  phone: '000 000 0000',
  email: 'proef@verwijsindex.invalid',
};

const refOf = ({ personIndex }: Probe): PersonRef => ({ role: 'probe', index: personIndex });
