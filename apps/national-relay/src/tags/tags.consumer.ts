import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  beginRecovery,
  endRecovery,
  OutboxSender,
  RethrowFilter,
  type MessageContext,
} from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import type { TagDelete, TagPut, TagsComplete, TagsDigest } from '#libs/protocol';
import type { EntityManager } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { metrics } from '../metrics.js';
import { Tags } from './tags.js';

/** Receives what regions say of their tags. The first handler of a batch holds what all of it will change. */
@UseFilters(RethrowFilter)
@Controller()
export class TagsConsumer {
  private readonly held = new WeakSet<EntityManager>();

  constructor(
    private readonly tags: Tags,
    private readonly alarms: Alarms,
    private readonly sender: OutboxSender,
    private readonly logger: ProgramLogger,
  ) {}

  @EventPattern('tag.put')
  async put(@Payload() puts: TagPut[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region, versions, afterCommit } = await this.hold(context);
    const found = await this.tags.put(manager, region, puts, versions);
    afterCommit(() => {
      this.logger.event('tag-put', { region, count: puts.length });
      if (found.length === 0) return;
      metrics.matches.inc(found.length);
      const regions = [...new Set(found.flatMap(({ own, other }) => [own.region, other.region]))].sort();
      this.logger.event('match-found', { regions: regions.join(','), count: found.length });
    });
  }

  @EventPattern('tag.delete')
  async delete(@Payload() deletes: TagDelete[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region, afterCommit } = await this.hold(context);
    const closed = await this.tags.remove(manager, region, deletes);
    afterCommit(() => this.logger.event('tag-deleted', { region, count: deletes.length, matches: closed }));
  }

  @EventPattern('tags.complete')
  async complete(@Payload() _all: TagsComplete[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region, versions, afterCommit } = await this.hold(context);
    const dropped = await this.tags.dropBefore(
      manager,
      region,
      Math.max(...versions.map(({ incarnation }) => incarnation)),
    );
    const recovered = await endRecovery(manager, region);
    afterCommit(() => {
      this.logger.event('tags-complete', { region, dropped });
      // what was not looked for in the meantime is found when both sides agree anew
      if (recovered) this.sender.agreements.forget(region);
    });
  }

  @EventPattern('tags.digest')
  async digest(@Payload() digests: TagsDigest[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region } = context as MessageContext;
    if (await this.tags.agree(manager, region, digests.at(-1)!)) return;
    await beginRecovery(manager, region);
    await this.alarms.raise('tags-differed', region, 1, manager);
  }

  private async hold(context: unknown): Promise<MessageContext> {
    const { manager, peer, batch } = context as MessageContext;
    if (!this.held.has(manager)) await this.tags.hold(manager, peer, batch);
    this.held.add(manager);
    return context as MessageContext;
  }
}
