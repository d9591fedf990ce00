import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter, type MessageContext } from '#libs/messaging';
import type { Erased } from '#libs/protocol';
import { Memory } from './memory.js';

/** Receives what regions have the relay remember for them. */
@UseFilters(RethrowFilter)
@Controller()
export class MemoryConsumer {
  constructor(private readonly memory: Memory) {}

  @EventPattern('erased')
  async erased(@Payload() erased: Erased[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region } = context as MessageContext;
    await this.memory.note(
      manager,
      region,
      erased.flatMap(({ tokens }) => tokens),
    );
  }
}
