import { statfs } from 'node:fs/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { ProgramLogger } from '#libs/observability';
import { Alarms } from '../alarms/index.js';
import { RelayConfig } from '../config.js';
import { unsafetyOf, type HubReport } from './rules/safe-hub.rule.js';

/** The hub may let in anybody, or lose what it has acknowledged. The message says what to change. */
export class UnsafeHub extends Error {
  override name = 'UnsafeHub';
}

const PAUSE = 1_000;
const TIMEOUT = 5_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Looks whether the hub is of a version and configuration that lets in nobody unknown and keeps what it acknowledges. */
@Injectable()
export class HubCheck implements BeforeApplicationShutdown {
  private safe?: boolean;
  private stopped = false;

  constructor(
    private readonly config: RelayConfig,
    private readonly alarms: Alarms,
    private readonly logger: ProgramLogger,
  ) {}

  /** Whether the last look found a safe hub. */
  isSafe(): boolean {
    return this.safe === true;
  }

  /** Waits until the hub can be looked at. @throws UnsafeHub */
  async whenSafe(): Promise<void> {
    for (let attempt = 0; !this.stopped; attempt++) {
      const report = await this.ask();
      if (report) {
        const unsafety = unsafetyOf(report, await this.diskBytes(report));
        if (unsafety)
          throw new UnsafeHub(`The hub at ${this.config.natsMonitorUrl} is not safe: ${unsafety}`);
        return this.found(undefined);
      }
      if (attempt % 60 === 0) this.logger.event('hub-awaited');
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  /** Gives up waiting. */
  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Looks again: every day, and after a reconnection, since another server may have come in its place. */
  @Cron(CronExpression.EVERY_DAY_AT_4AM, { timeZone: AMSTERDAM })
  async look(): Promise<void> {
    const report = await this.ask();
    if (report) await this.found(unsafetyOf(report, await this.diskBytes(report)));
  }

  private async found(unsafety: string | undefined): Promise<void> {
    this.safe = unsafety === undefined;
    if (unsafety === undefined) return this.alarms.clear('hub-unsafe');
    this.logger.warning('hub-unsafe', { reason: unsafety });
    await this.alarms.raise('hub-unsafe', 'hub');
  }

  /** Only a hub on this machine has its streams on a disk that can be looked at. */
  private async diskBytes({ jetstream }: HubReport): Promise<number | undefined> {
    const { hostname } = new URL(this.config.natsMonitorUrl);
    if (!LOOPBACK.test(hostname)) return undefined;
    try {
      const { blocks, bsize } = await statfs(jetstream?.config?.store_dir ?? '');
      return blocks * bsize;
    } catch {
      return undefined;
    }
  }

  private async ask(): Promise<HubReport | undefined> {
    try {
      const response = await fetch(new URL('/varz', this.config.natsMonitorUrl), {
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return response.ok ? ((await response.json()) as HubReport) : undefined;
    } catch {
      return undefined;
    }
  }
}
