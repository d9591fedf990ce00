import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  HealthCheckService,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { SECOND } from '#libs/clock';
import { Public } from '#libs/login';
import { DataSource } from 'typeorm';
import { MailServer } from '../mails/index.js';
import { Municipalities } from '../municipalities/index.js';

/**
 * For whoever keeps this program running. Ready means that the database answers, and that it is not known to be a backup from which
 * erased signals must still be taken; the rest may be down for a while.
 */
@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly indicators: HealthIndicatorService,
    private readonly dataSource: DataSource,
    private readonly municipalities: Municipalities,
    private readonly mailServer: MailServer,
  ) {}

  @Get('live')
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: 2 * SECOND }),
      () => this.remembers(),
      () => this.knowsMunicipalities(),
      () => this.sendsMails(),
    ]);
  }

  /** A fault of the mail server stops nothing else: it is only told. Without a database, that one says so. */
  private async sendsMails(): Promise<HealthIndicatorResult> {
    const fault = await this.mailServer.fault().catch(() => undefined);
    return this.indicators
      .check('mailServer')
      .up(fault && { fault: fault.code, waiting: fault.waiting, lastAt: fault.lastAt.toISOString() });
  }

  /** An old table of municipalities stops nothing: it is only told. */
  private knowsMunicipalities(): HealthIndicatorResult {
    const asOf = this.municipalities.table().asOf;
    return this.indicators.check('municipalities').up({ asOf, old: this.municipalities.isOld() });
  }

  private async remembers(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('memory');
    try {
      const links = await this.dataSource.query<unknown[]>(`select from link where recovery is not null`);
      return links.length === 0 ? indicator.up() : indicator.down('learning what happened since the backup');
    } catch {
      return indicator.down();
    }
  }
}
