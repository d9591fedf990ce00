import { Counter, Gauge } from 'prom-client';

/** Figures of the scheduled work for Prometheus. */
export const metrics = {
  succeeded: new Gauge({
    name: 'work_last_success_timestamp_seconds',
    help: 'When scheduled work last succeeded, by the clock of the node',
    labelNames: ['work'] as const,
  }),
  items: new Counter({
    name: 'work_items_total',
    help: 'Items that scheduled work has done',
    labelNames: ['work'] as const,
  }),
  failed: new Counter({
    name: 'work_failures_total',
    help: 'Runs of scheduled work that failed',
    labelNames: ['work'] as const,
  }),
};
