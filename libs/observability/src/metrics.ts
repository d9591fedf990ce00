import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { collectDefaultMetrics, register } from 'prom-client';

collectDefaultMetrics();

/** Figures in the Prometheus text format. Counters are made with prom-client where they are counted. */
@ApiExcludeController()
@Controller({ path: 'metrics', version: [] as string[] })
export class MetricsController {
  @Get()
  @Header('Content-Type', register.contentType)
  metrics(): Promise<string> {
    return register.metrics();
  }
}
