import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter, type MessageContext } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import type { TagDelete, TagPut, TagsComplete } from '#libs/protocol';
import { metrics } from '../metrics.js';
import { Tags } from './tags.js';

/** Receives what regions say of their tags. */
@UseFilters(RethrowFilter)
@Controller()
export class TagsConsumer {
  constructor(
    private readonly tags: Tags,
    private readonly logger: ProgramLogger,
  ) {}

  @EventPattern('tag.put')
  async put(@Payload() puts: TagPut[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region, versions, afterCommit } = context as MessageContext;
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
    const { manager, peer: region, afterCommit } = context as MessageContext;
    const closed = await this.tags.remove(manager, region, deletes);
    afterCommit(() => this.logger.event('tag-deleted', { region, count: deletes.length, matches: closed }));
  }

  @EventPattern('tags.complete')
  async complete(@Payload() _all: TagsComplete[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region, versions, afterCommit } = context as MessageContext;
    const dropped = await this.tags.dropBefore(
      manager,
      region,
      Math.max(...versions.map(({ incarnation }) => incarnation)),
    );
    afterCommit(() => this.logger.event('tags-complete', { region, dropped }));
  }
}
