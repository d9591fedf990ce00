import { Counter, Gauge, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import { nationalCount } from './rules/traceable-to-nobody.rule.js';

type Shown<T extends string> = MetricObjectWithValues<MetricValue<T>>;

/** A number for Prometheus, which knows no text: below ten it is 0. */
const shown = (count: number): number => {
  const told = nationalCount(count);
  return told === '<10' ? 0 : told;
};

const inTens = <T extends string>(metric: Shown<T>): Shown<T> => ({
  ...metric,
  values: metric.values.map((each) => ({ ...each, value: shown(each.value) })),
});

/** Counts what follows from signals: exact inside, shown in tens. */
export class CounterInTens<T extends string> extends Counter<T> {
  override async get(): Promise<Shown<T>> {
    return inTens(await super.get());
  }
}

/** Tells how much there is of what follows from signals: shown in tens. */
export class GaugeInTens<T extends string> extends Gauge<T> {
  override async get(): Promise<Shown<T>> {
    return inTens(await super.get());
  }
}
