import { Gauge } from 'prom-client';

/** Figures of the person register for Prometheus. */
export const metrics = {
  refused: new Gauge({
    name: 'person_register_refused',
    help: '1 while the person register refuses questions for a reason that does not pass by itself, else 0',
  }),
};
