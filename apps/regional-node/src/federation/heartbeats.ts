import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, DAY, SECOND } from '#libs/clock';
import { softwareVersion } from '#libs/configuration';
import { HubUnreachable, Outbox, OutboxSender } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import { RELAY, type Heartbeat } from '#libs/protocol';
import { DataSource } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Loop } from '#libs/loop';

/** How long a notice may wait for the other side's card before both sides hear of it. */
const ANSWER_EXPECTED_WITHIN = DAY;

/** After so many turns without a synthetic match with a region something is wrong. */
const PROBE_TURNS = 3;

interface ProbeRow {
  region: string;
  since: Date;
  last: Date | null;
}

/** Tells the relay regularly how this node is doing: counts, nothing else. */
@Injectable()
export class Heartbeats implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;
  private readonly softwareVersion = softwareVersion();
  private readonly probeOverdue: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly sender: OutboxSender,
    private readonly clock: Clock,
    config: RegionalNodeConfig,
    logger: ProgramLogger,
  ) {
    this.probeOverdue = PROBE_TURNS * config.probeSeconds * SECOND;
    this.loop = new Loop(
      () => this.send(),
      config.heartbeatSeconds * SECOND,
      (error) => {
        if (!(error instanceof HubUnreachable))
          logger.warning('heartbeat-not-sent', { kind: errorKind(error) });
      },
    );
  }

  onApplicationBootstrap(): void {
    this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** The state of the link to the federation, in counts. */
  async measure(): Promise<Heartbeat> {
    const now = this.clock.now();
    const { queued, oldestSeconds } = await this.outbox.backlog(this.dataSource.manager);
    const [row] = await this.dataSource.query<Record<string, string>[]>(
      `select
         (select count(*) from handle where secret is null) as awaiting,
         (select count(*) from federated_match m join handle h using (handle) where h.role <> 'probe') as matches,
         (select count(*) from federated_match where in_card is null and out_n > 0 and noticed_at < $1) as unanswered,
         (select coalesce(sum(in_unopenable), 0) from federated_match) as unopenable,
         (select coalesce(sum(lost_persons), 0) from memory_loss where recovered_at is not null) as lost`,
      [new Date(now.getTime() - ANSWER_EXPECTED_WITHIN)],
    );
    const probes = await this.dataSource.query<ProbeRow[]>(
      `select peer_region as region, since, last_match_at as last from probe order by peer_region`,
    );
    const count = (name: string): number => Math.max(0, Math.floor(Number(row?.[name])));
    return {
      softwareVersion: this.softwareVersion,
      queued,
      oldestQueuedSeconds: oldestSeconds,
      awaitingSecret: count('awaiting'),
      matches: count('matches'),
      unansweredNotices: count('unanswered'),
      unopenableCards: count('unopenable'),
      lostPersons: count('lost'),
      probes: probes.map(({ region, since, last }) => ({
        region,
        ...(last ? { lastMatchAt: last.toISOString() } : {}),
        overdue: now.getTime() - (last ?? since).getTime() > this.probeOverdue,
      })),
      clock: now.toISOString(),
    };
  }

  private async send(): Promise<void> {
    await this.sender.sendControl(RELAY, 'heartbeat', await this.measure());
  }
}
