import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HubConnection, Link, Outbox, SetAside } from '#libs/messaging';
import { RELAY } from '#libs/protocol';
import { DataSource } from 'typeorm';
import { Roles } from '../access/index.js';
import { FederationLink } from './federation.dto.js';
import { Heartbeats } from './heartbeats.js';
import { Manifests } from './manifests.js';
import { Registers } from './registers.js';

/** The link to the federation, for the operator. */
@ApiTags('federation')
@Controller('federation')
export class FederationController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly outbox: Outbox,
    private readonly setAside: SetAside,
    private readonly registers: Registers,
    private readonly manifests: Manifests,
    private readonly heartbeats: Heartbeats,
  ) {}

  @Get()
  @Roles('operator')
  @ApiOperation({ summary: 'See how the link to the federation does' })
  @ApiOkResponse({ type: FederationLink })
  async link(): Promise<FederationLink> {
    const link = await this.dataSource.manager.findOneBy(Link, { peer: RELAY });
    const {
      queued,
      oldestQueuedSeconds,
      awaitingSecret,
      matches,
      unansweredNotices,
      unopenableCards,
      lostPersons,
      probes,
    } = await this.heartbeats.measure();
    const { held } = await this.outbox.backlog(this.dataSource.manager);
    const memoryLosses = await this.dataSource.query<FederationLink['memoryLosses']>(
      `select at, recovered_at as "recoveredAt", erased_signals as "erasedSignals", lost_persons as "lostPersons"
       from memory_loss where recovered_at is not null order by at desc limit 20`,
    );
    const cardRepairs = await this.dataSource.query<Omit<FederationLink['cardRepairs'][number], 'name'>[]>(
      `select peer_region as "peerRegion", ended, sent_again as "sentAgain", last_at as "lastAt"
       from card_repair order by peer_region`,
    );
    const [letters] = await this.dataSource.query<[FederationLink['letters']]>(
      `select
         (select count(*) from sent_letter where youth_id is not null)::int as told,
         (select count(*) from sent_letter where youth_id is null and erased_at is null)::int as "beingErased",
         (select count(*) from sent_letter where erased_at is not null)::int as erased,
         (select count(*) from received_letter where content is not null)::int as waiting,
         (select count(*) from received_letter where placed_at is not null)::int as placed,
         (select count(*) from received_letter where erased_at is not null)::int as forgotten`,
    );
    const [rejected] = await this.dataSource.query<[{ count: string }]>(
      `select coalesce(sum(count), 0) as count from rejected_message`,
    );
    return {
      hubConnected: this.hub.isUp(),
      registerRefused: this.registers.refused() ?? null,
      registerVersion: this.registers.current()?.version ?? null,
      epoch: this.registers.epoch(),
      keyManifest: this.manifests.current() !== undefined,
      failingSince: link?.failingSince ?? null,
      lastConfirmedSeq: Number(link?.outConfirmed ?? 0),
      lastHeardAt: link?.lastHeardAt ?? null,
      nextTryAt: link?.nextTryAt ?? null,
      rejectedMessages: Number(rejected.count),
      queued,
      oldestQueuedSeconds,
      held,
      awaitingSecret,
      matches,
      unansweredNotices,
      unopenableCards,
      recovering: link?.recovery != null,
      lostPersons,
      probes: probes.map((probe) => ({ ...probe, name: this.registers.nameOf(probe.region) })),
      memoryLosses,
      cardRepairs: cardRepairs.map((repair) => ({
        ...repair,
        name: this.registers.nameOf(repair.peerRegion),
      })),
      letters,
      setAside: await this.setAside.list(this.dataSource.manager),
    };
  }
}
