import { Registry } from 'prom-client';
import { CounterInTens, GaugeInTens } from './index.js';

describe('figures for Prometheus that are traceable to nobody', () => {
  it('are shown in tens, and below ten as 0, of a counter and of a gauge', async () => {
    const registry = new Registry();
    const options = { help: 'x', labelNames: ['region'] as const, registers: [registry] };
    const counter = new CounterInTens({ name: 'cards_total', ...options });
    const gauge = new GaugeInTens({ name: 'tags', ...options });
    const lines = async () => (await registry.metrics()).split('\n').filter((line) => line.includes('{'));
    counter.inc({ region: 'noord' }, 9);
    gauge.set({ region: 'noord' }, 9);
    expect(await lines()).toEqual(['cards_total{region="noord"} 0', 'tags{region="noord"} 0']);
    counter.inc({ region: 'noord' }, 5);
    gauge.set({ region: 'noord' }, 14);
    expect(await lines()).toEqual(['cards_total{region="noord"} 10', 'tags{region="noord"} 10']);
  });
});
