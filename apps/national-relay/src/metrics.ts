import { CounterInTens, GaugeInTens } from '#libs/observability';
import { Gauge } from 'prom-client';

/** Figures of the relay for Prometheus: counts per region, in tens where they follow from signals, never a handle, a tag or a match. */
export const metrics = {
  messages: new CounterInTens({
    name: 'relay_messages_total',
    help: 'Messages from regions, by what became of them',
    labelNames: ['region', 'outcome'] as const,
  }),
  matches: new CounterInTens({ name: 'relay_matches_found_total', help: 'Matches found between regions' }),
  cards: new CounterInTens({
    name: 'relay_cards_total',
    help: 'Cards from a region: routed, or why not',
    labelNames: ['region', 'outcome'] as const,
  }),
  receipts: new CounterInTens({
    name: 'relay_receipts_total',
    help: 'Receipts from a region: what it did with a card, or why the receipt was not routed',
    labelNames: ['region', 'outcome'] as const,
  }),
  tags: new GaugeInTens({ name: 'relay_tags', help: 'Tags present', labelNames: ['region'] as const }),
  queued: new GaugeInTens({
    name: 'relay_outbox_messages',
    help: 'Messages that the region has not confirmed',
    labelNames: ['region'] as const,
  }),
  registerVersion: new Gauge({
    name: 'relay_register_version',
    help: 'Version of the region register that the streams on the hub follow',
  }),
  speaks: new Gauge({
    name: 'relay_party_speaks',
    help: 'Forms of messages and documents that a party says it speaks',
    labelNames: ['party', 'form'] as const,
  }),
  alarms: new Gauge({ name: 'relay_alarms', help: 'Alarms at present', labelNames: ['kind'] as const }),
};
