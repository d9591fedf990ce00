import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Clock } from '#libs/clock';
import { endRecovery, LinkRestarts, RethrowFilter, type MessageContext } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import { RELAY, type Recall } from '#libs/protocol';
import type { EntityManager } from 'typeorm';
import { Archive } from '../archive/index.js';
import { SYSTEM } from '../audit/index.js';
import { erasureToken } from '../erasures/index.js';
import { Probes } from '../probes/index.js';
import { SignalRemoval, SignalSharing } from '../signals/index.js';
import { lockEverybody, Signal } from '../youths/index.js';
import { MemoryLoss } from './memory-loss.entity.js';

/**
 * Learns from the relay what this node forgot. Until it has, nothing leaves it (`learnsFirst`): first what was erased is erased again,
 * then everything is said anew.
 */
@UseFilters(RethrowFilter)
@Controller()
export class RecoveryConsumer {
  constructor(
    private readonly removal: SignalRemoval,
    private readonly sharing: SignalSharing,
    private readonly archive: Archive,
    private readonly probes: Probes,
    private readonly links: LinkRestarts,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  @EventPattern('recall')
  async recalled(@Payload() recalls: Recall[], @Ctx() context: unknown): Promise<void> {
    const { manager } = context as MessageContext;
    // before some are held: in the end everything may be said again
    await lockEverybody(manager);
    // what the backup holds back may have been undone since
    await this.sharing.askFilers(manager);
    for (const recall of recalls) {
      const erasedSignals = await this.eraseAgain(manager, recall.erased);
      const lostPersons = await this.unknown(manager, recall.handles);
      await this.note(manager, recall.recovery, erasedSignals, lostPersons);
      if (recall.last && (await endRecovery(manager, RELAY, recall.recovery)))
        await this.recovered(context as MessageContext, recall.recovery);
    }
  }

  /** Ends the signals to which these tokens belong, and destroys what was archived. @returns how many signals there were */
  private async eraseAgain(manager: EntityManager, tokens: readonly string[]): Promise<number> {
    if (tokens.length === 0) return 0;
    const erased = new Set(tokens);
    const signals = await manager.find(Signal, { select: { id: true } });
    const back = signals.filter(({ id }) => erased.has(erasureToken(id).toString('base64url')));
    await this.removal.removeAll(
      manager,
      back.map(({ id }) => id),
      'erased-before',
      SYSTEM,
    );
    await this.archive.destroyAgain(manager, erased);
    return back.length;
  }

  /** How many of these handles this node knows nothing about, and did not end itself a moment ago. */
  private async unknown(manager: EntityManager, handles: readonly string[]): Promise<number> {
    const [{ count }] = await manager.query<[{ count: string }]>(
      `select count(*) from unnest($1::text[]) as r(handle)
       where not exists (select 1 from handle h where h.handle = decode(translate(r.handle, '-_', '+/') || '==', 'base64'))
         and not exists (select 1 from outbox_message o where o.type = 'tag.delete' and o.body ->> 'handle' = r.handle)`,
      [this.probes.realAmong(handles)],
    );
    return Number(count);
  }

  /** A recovery that got another name on its way begins to count the persons anew; what it erased, it has erased. */
  private async note(
    manager: EntityManager,
    recovery: string,
    erasedSignals: number,
    lostPersons: number,
  ): Promise<void> {
    await manager.query(
      `update memory_loss set recovery = $1, lost_persons = 0 where recovered_at is null and recovery <> $1`,
      [recovery],
    );
    await manager.query(
      `insert into memory_loss (recovery, at, erased_signals, lost_persons) values ($1, $2, $3, $4)
       on conflict (recovery) do update set erased_signals = memory_loss.erased_signals + excluded.erased_signals,
         lost_persons = memory_loss.lost_persons + excluded.lost_persons`,
      [recovery, this.clock.now(), erasedSignals, lostPersons],
    );
  }

  private async recovered({ manager, afterCommit }: MessageContext, recovery: string): Promise<void> {
    await manager.update(MemoryLoss, { recovery }, { recoveredAt: this.clock.now() });
    await this.links.restarted(manager, RELAY);
    const { erasedSignals, lostPersons } = await manager.findOneByOrFail(MemoryLoss, { recovery });
    afterCommit(() => this.logger.warning('memory-recovered', { erased: erasedSignals, lost: lostPersons }));
  }
}
