import { Empty, Link, PageTitle, Paragraph, Section, useLanguage, useTexts } from '#libs/screens';
import { useEffect, useRef, useState } from 'react';
import type { Region } from '../api.types.js';
import { useFederation } from '../live.js';
import { consoleTexts } from '../texts.js';
import { clockText } from '../times.js';
import { RegionTable } from './region-table.js';
import { conditionOf, type Condition } from './state-badge.js';
import { TileMap } from './tile-map.js';

/** How the federation is doing, at a glance. */
export function Overview() {
  const { regions, alarms, figures } = useFederation();
  const texts = useTexts(consoleTexts).overview;
  const { language } = useLanguage();
  const present = regions.filter(({ state }) => state !== 'removed');
  const taking = present.filter(({ state }) => state === 'admitted');
  const reachable = taking.filter(({ health }) => health !== 'silent').length;
  return (
    <>
      <PageTitle title={texts.title} lead={`${texts.live} ${clockText(figures.asOf, language)}`} />
      <Changes regions={present} />
      <ul className="console-stats">
        <Stat
          to="/deelname"
          value={`${reachable} / ${taking.length}`}
          label={texts.reachable}
          bad={reachable < taking.length}
        />
        <Stat
          to="/sleutelhouders"
          value={`${figures.keyHoldersUp} / ${figures.keyHolders}`}
          label={texts.holders(figures.threshold)}
          bad={figures.keyHoldersUp < figures.keyHolders}
        />
        <Stat
          to="/alarmen"
          value={String(alarms.length)}
          label={texts.alarms(alarms.length)}
          bad={alarms.length > 0}
        />
        <Stat to="/cijfers" value={String(figures.matches)} label={texts.matches} bad={false} />
      </ul>
      {present.length === 0 ? (
        <Empty title={texts.nobody}>
          <Paragraph>
            <Link to="/deelname/toelaten">{texts.admit}</Link>
          </Paragraph>
        </Empty>
      ) : (
        <>
          <Section title={texts.map}>
            <TileMap regions={present} now={figures.asOf} />
          </Section>
          <Section title={texts.table}>
            <RegionTable regions={present} now={figures.asOf} />
          </Section>
        </>
      )}
    </>
  );
}

function Stat({ to, value, label, bad }: { to: string; value: string; label: string; bad: boolean }) {
  return (
    <li>
      <Link to={to} look="plain" className={`console-stat${bad ? ' console-stat--bad' : ''}`}>
        <span className="console-stat__value">{value}</span>
        <span className="console-stat__label">{label}</span>
      </Link>
    </li>
  );
}

/** Says aloud which region changed, for people who do not see the tiles change. */
function Changes({ regions }: { regions: readonly Region[] }) {
  const texts = useTexts(consoleTexts).conditions;
  const before = useRef<Map<string, Condition>>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const now = new Map(regions.map((region) => [region.id, conditionOf(region)]));
    const changed = regions.filter(
      ({ id }) => before.current?.has(id) && before.current.get(id) !== now.get(id),
    );
    if (changed.length > 0)
      setSaid(changed.map((region) => `${region.name}: ${texts[conditionOf(region)]}`).join('. '));
    before.current = now;
  }, [regions, texts]);
  return (
    <p role="status" className="screens-hidden">
      {said}
    </p>
  );
}
