import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Clock, DAY, SECOND } from '#libs/clock';
import { RethrowFilter, type MessageContext } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import type { Heartbeat } from '#libs/protocol';
import { RelayConfig } from '../config.js';
import { RegionStatus } from './region-status.entity.js';

/** A clock that is off by more is as wrong as one that is off by this; the database holds no thousands of years. */
const MOST_SKEW_SECONDS = DAY / SECOND;
const skewOf = (seconds: number): number =>
  Math.round(Math.max(-MOST_SKEW_SECONDS, Math.min(MOST_SKEW_SECONDS, seconds)));

/** Notes how the regions say they are doing. */
@UseFilters(RethrowFilter)
@Controller()
export class HeartbeatsConsumer {
  constructor(
    private readonly clock: Clock,
    private readonly config: RelayConfig,
    private readonly logger: ProgramLogger,
  ) {}

  @EventPattern('heartbeat')
  async note(@Payload() heartbeats: Heartbeat[], @Ctx() context: unknown): Promise<void> {
    const latest = heartbeats.at(-1);
    if (!latest) return;
    const { clock, ...counts } = latest;
    const now = this.clock.now();
    const { manager, peer: region, afterCommit } = context as MessageContext;
    const before = await manager.findOneBy(RegionStatus, { region });
    await manager.upsert(
      RegionStatus,
      {
        ...counts,
        region,
        lastSeenAt: now,
        clockSkewSeconds: skewOf((Date.parse(clock) - now.getTime()) / SECOND),
      },
      ['region'],
    );
    const silence = before ? Math.round((now.getTime() - before.lastSeenAt.getTime()) / SECOND) : undefined;
    if (silence === undefined || silence > this.config.silentAfter)
      afterCommit(() => this.logger.event('region-heard', { region, silentSeconds: silence }));
  }
}
