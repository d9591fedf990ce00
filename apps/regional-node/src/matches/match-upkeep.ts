import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, HOUR, SECOND } from '#libs/clock';
import { FederationTransport } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import { RELAY } from '#libs/protocol';
import { DataSource } from 'typeorm';
import { Cards, MatchEnds, Rolls } from '../cards/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Registers } from '../federation/index.js';
import { Loop } from '#libs/loop';
import { Matches } from './matches.js';

/** By then every node has fetched a new register. */
const REGISTER_SPREADS = 30 * SECOND;

/**
 * Renews our cards weekly, ends matches whose other side has gone (removed by the coordinator, or silent past the validity of its card), and
 * compares with regions where there is reason to.
 *
 * When may a card expire? Only after the link has been up and empty for a while: a node that slept for weeks first hears what waited
 * for it, renewals among it, before it ends anything. A jump of the clock counts as sleep.
 */
@Injectable()
export class MatchUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;
  private clockRunsAhead: number;
  private awakeSince = performance.now();
  /** Regions that take part again, and since when. */
  private readonly readmitted = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly cards: Cards,
    private readonly ends: MatchEnds,
    private readonly rolls: Rolls,
    private readonly matches: Matches,
    private readonly transport: FederationTransport,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    registers: Registers,
    logger: ProgramLogger,
  ) {
    this.clockRunsAhead = this.ahead();
    registers.onAdmitted((regions) => {
      for (const region of regions) this.readmitted.set(region, performance.now());
      this.loop.wake();
    });
    this.loop = new Loop(
      () => this.look(),
      Math.min(30, config.cardSettleSeconds) * SECOND,
      (error) => logger.warning('match-upkeep-failed', { kind: errorKind(error) }),
    );
  }

  onApplicationBootstrap(): void {
    this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private ahead(): number {
    return this.clock.now().getTime() - performance.now();
  }

  /**
   * A region that takes part again gets our cards, and both sides compare: what either said while the other did not know yet was dropped.
   * The comparison waits until the other side has the register too.
   */
  private async compareWithReadmitted(): Promise<void> {
    if (this.readmitted.size === 0) return;
    const regions = [...this.readmitted.keys()];
    const ready = regions.filter(
      (region) => performance.now() - this.readmitted.get(region)! > REGISTER_SPREADS,
    );
    await this.dataSource.transaction(async (manager) => {
      await this.cards.lookAgain(manager, regions);
      await this.rolls.want(manager, ready);
    });
    for (const region of ready) this.readmitted.delete(region);
  }

  private async look(): Promise<void> {
    if (Math.abs(this.ahead() - this.clockRunsAhead) > HOUR) {
      this.clockRunsAhead = this.ahead();
      this.awakeSince = performance.now();
    }
    const settled = Math.min(this.transport.drainedFor(RELAY), performance.now() - this.awakeSince);
    const cardsMayExpire = settled > this.config.cardSettleSeconds * SECOND;
    await this.compareWithReadmitted();
    await this.dataSource.transaction((manager) => this.rolls.askWhereWanted(manager));
    await this.dataSource.transaction(async (manager) => {
      const renewals = await this.cards.toRenew(manager);
      const ended = await this.ends.endStale(manager, cardsMayExpire);
      const persons = [...renewals, ...ended];
      if (persons.length === 0) return;
      await this.matches.lock(manager, persons);
      await this.matches.settle(manager, persons);
    });
    this.matches.wake();
  }
}
