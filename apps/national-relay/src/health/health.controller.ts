import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { SECOND } from '#libs/clock';
import { Public } from '#libs/login';
import { HubConnection } from '#libs/messaging';
import { HubCheck } from '../hub/index.js';
import { Register } from '../register/index.js';

/** Health for whoever runs the relay: alive, and able to do its work. */
@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly hub: HubConnection,
    private readonly hubCheck: HubCheck,
    private readonly register: Register,
  ) {}

  @Get('live')
  live() {
    return this.health.check([]);
  }

  @Get('ready')
  ready() {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: 2 * SECOND }),
      () => this.is('hub', this.hub.isUp() && this.hubCheck.isSafe()),
      () => this.is('register', this.register.isOpen()),
    ]);
  }

  private is(key: string, well: boolean) {
    const indicator = this.indicators.check(key);
    return well ? indicator.up() : indicator.down();
  }
}
