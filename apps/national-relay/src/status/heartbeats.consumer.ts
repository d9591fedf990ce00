import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Clock, SECOND } from '#libs/clock';
import { RethrowFilter, type MessageContext } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import type { Heartbeat } from '#libs/protocol';
import { RelayConfig } from '../config.js';
import { RegionStatus } from './region-status.entity.js';

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
        clockSkewSeconds: Math.round((Date.parse(clock) - now.getTime()) / SECOND),
      },
      ['region'],
    );
    const silence = before ? Math.round((now.getTime() - before.lastSeenAt.getTime()) / SECOND) : undefined;
    if (silence === undefined || silence > this.config.silentAfter)
      afterCommit(() => this.logger.event('region-heard', { region, silentSeconds: silence }));
  }
}
