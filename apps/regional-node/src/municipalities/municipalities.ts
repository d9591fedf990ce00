import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock, SECOND } from '#libs/clock';
import { Loop } from '#libs/loop';
import { MunicipalityTable, ownTable } from '#libs/municipalities';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource, type EntityManager } from 'typeorm';
import { MunicipalityList } from './municipality-list.entity.js';
import { UnknownMunicipality } from './unknown-municipality.entity.js';

/** Another instance, or the operator's command, may have loaded a newer table. */
const LOOK_EVERY = 5 * SECOND;

/**
 * The table of municipalities by which this node goes: that of the software, or a newer one that an operator loaded.
 *
 * Codes are stored as they came. What a code stands for today is asked here when it is used, so that a merger on 1 January needs no
 * change of what is stored, and comes into force at midnight.
 */
@Injectable()
export class Municipalities implements OnModuleInit, OnApplicationShutdown {
  private current = ownTable();
  /** Which of the loaded tables was read last; null when none was. */
  private seen: number | null = null;
  private readonly loop: Loop;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {
    this.loop = new Loop(
      () => this.look(),
      LOOK_EVERY,
      (error) => logger.warning('municipalities-not-read', { kind: errorKind(error) }),
    );
  }

  async onModuleInit(): Promise<void> {
    await this.look();
    this.loop.wake();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** The table in use. */
  table(): MunicipalityTable {
    return this.current;
  }

  today(): string {
    return dayInAmsterdam(this.clock.now());
  }

  /** The code that is used today for what this code stood for. */
  now(code: string): string;
  now(code: string | null): string | null;
  now(code: string | null): string | null {
    return code === null ? null : this.current.on(code, this.today());
  }

  /** Every code that stands for one of these municipalities today: to find what was stored under an earlier code. */
  codesOf(codes: readonly (string | null)[]): string[] {
    const today = this.today();
    const wanted = new Set(codes.flatMap((code) => (code === null ? [] : [this.current.on(code, today)])));
    const known = this.current.facts.filter((fact) => wanted.has(this.current.on(fact.code, today)));
    return [...new Set([...wanted, ...known.map((fact) => fact.code)])];
  }

  /** Whether the table is older than a 1 January that has come. */
  isOld(): boolean {
    return this.current.isOldOn(this.today());
  }

  /** Notes a code of the person register that is outside the table, so that the operator is told once. */
  async noteUnknown(manager: EntityManager, code: string): Promise<void> {
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(UnknownMunicipality)
      .values({ code, seenAt: this.clock.now() })
      .orIgnore()
      .returning('code')
      .execute();
    if ((inserted.raw as unknown[]).length > 0) this.logger.warning('municipality-unknown');
  }

  /** Reads the newest table, if there is one that was not read yet. */
  async look(): Promise<void> {
    const { manager } = this.dataSource;
    const [newest] = await manager.find(MunicipalityList, {
      select: { id: true, asOf: true },
      order: { id: 'desc' },
      take: 1,
    });
    const id = newest?.id ?? null;
    if (id === this.seen) return;
    const own = ownTable();
    // a later release of the software may bring a newer one
    const loaded =
      newest && newest.asOf >= own.asOf ? await manager.findOneBy(MunicipalityList, { id: newest.id }) : null;
    this.current = loaded ? new MunicipalityTable(loaded.facts, loaded.asOf) : own;
    this.seen = id;
  }
}
