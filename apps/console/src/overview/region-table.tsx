import { DataTable, Link, useLanguage, useTexts } from '#libs/screens';
import type { Region } from '../api.types.js';
import { consoleTexts } from '../texts.js';
import { agoText, spanText } from '../times.js';
import { conditionOf, StateBadge } from './state-badge.js';

/** What the map shows in figures, for every region. */
export function RegionTable({ regions, now }: { regions: readonly Region[]; now: string }) {
  const all = useTexts(consoleTexts);
  const texts = all.regionFacts;
  const { language } = useLanguage();
  return (
    <DataTable
      caption={all.overview.caption}
      columns={[
        ...[texts.region, texts.state, texts.lastSeen, texts.delay, texts.queue, texts.version],
        texts.probes,
      ]}
      rows={regions.map((region) => ({
        key: region.id,
        cells: [
          <Link key="name" to={`/regios/${region.id}`}>
            {region.name}
          </Link>,
          <StateBadge key="state" condition={conditionOf(region)} />,
          region.lastSeenAt ? agoText(region.lastSeenAt, now, language) : all.never,
          spanText(region.delaySeconds),
          region.queuedByRegion + region.queuedForRegion,
          region.softwareVersion ?? '–',
          <ProbesInShort key="probes" region={region} />,
        ],
      }))}
    />
  );
}

function ProbesInShort({ region: { probes } }: { region: Region }) {
  const texts = useTexts(consoleTexts).probes;
  if (probes.length === 0) return <>{texts.none}</>;
  const overdue = probes.filter((probe) => probe.overdue).length;
  return <>{overdue === 0 ? texts.well : texts.overdue(overdue, probes.length)}</>;
}
