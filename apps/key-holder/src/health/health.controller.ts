import { Controller, Get } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { SECOND } from '#libs/clock';
import { HubConnection } from '#libs/messaging';
import { KeyRing } from '../ceremony/index.js';
import { Registers } from '../register/index.js';

/** For whoever keeps this program running. Ready means that it can evaluate: database, hub, and a share for the present epoch. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly hub: HubConnection,
    private readonly registers: Registers,
    private readonly keys: KeyRing,
  ) {}

  @Get('live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: 2 * SECOND }),
      () => this.indicator('hub', this.hub.isUp()),
      async () => this.indicator('share', await this.hasShare()),
    ]);
  }

  private async hasShare(): Promise<boolean> {
    const epoch = this.registers.current?.epoch;
    // a database that does not answer is reported as such, above
    return epoch !== undefined && !!(await this.keys.usableIn(epoch).catch(() => undefined));
  }

  private indicator(name: string, up: boolean) {
    const session = this.indicators.check(name);
    return up ? session.up() : session.down();
  }
}
