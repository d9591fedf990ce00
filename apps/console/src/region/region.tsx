import {
  Api,
  DataTable,
  Empty,
  Facts,
  Link,
  momentText,
  PageTitle,
  Paragraph,
  Section,
  useLanguage,
  useTexts,
  Badge,
  Loaded,
} from '#libs/screens';
import type { Region, RegionHour } from '../api.types.js';
import { AlarmList } from '../alarms/index.js';
import { useFederation, useLive } from '../live.js';
import { conditionOf, StateBadge } from '../overview/index.js';
import { consoleTexts } from '../texts.js';
import { agoText, spanText } from '../times.js';
import { WeekGrid } from './week-grid.js';

const MINUTE_MS = 60_000;

/** One region: how it is doing, how it did this week, and what can be done. */
export function RegionScreen({ id }: { id: string }) {
  const { regions, alarms } = useFederation();
  const region = regions.find((each) => each.id === id);
  const texts = useTexts(consoleTexts);
  if (!region)
    return (
      <>
        <PageTitle title={texts.notHere.title} lead={texts.notHere.detail} />
        <Link to="/">{texts.notHere.home}</Link>
      </>
    );
  const own = alarms.filter(({ party }) => party === id);
  return (
    <>
      <PageTitle title={region.name} lead={<StateBadge condition={conditionOf(region)} />} />
      {own.length > 0 && <AlarmList alarms={own} />}
      <RegionFacts region={region} />
      <Section title={texts.region.week}>
        <Week region={region} />
      </Section>
      <Section title={texts.region.probes}>
        <Probes region={region} regions={regions} />
      </Section>
      <Section title={texts.region.membership}>
        <Paragraph>{texts.region.membershipHow}</Paragraph>
        <p className="console-actions">
          {region.state === 'admitted' && (
            <Link to={`/deelname/${id}/schorsen`}>{texts.membership.changes.suspend}</Link>
          )}
          {region.state === 'suspended' && (
            <Link to={`/deelname/${id}/hervatten`}>{texts.membership.changes.readmit}</Link>
          )}
          {region.state !== 'removed' && (
            <Link to={`/deelname/${id}/verwijderen`}>{texts.membership.changes.remove}</Link>
          )}
        </p>
      </Section>
    </>
  );
}

function RegionFacts({ region }: { region: Region }) {
  const { figures } = useFederation();
  const all = useTexts(consoleTexts);
  const texts = all.regionFacts;
  const { language } = useLanguage();
  return (
    <Facts
      of={[
        [
          texts.lastSeen,
          region.lastSeenAt
            ? `${agoText(region.lastSeenAt, figures.asOf, language)} (${momentText(region.lastSeenAt, language)})`
            : all.never,
        ],
        [texts.delay, spanText(region.delaySeconds)],
        [texts.queuedByRegion, region.queuedByRegion],
        [texts.queuedForRegion, region.queuedForRegion],
        [texts.awaitingSecret, region.awaitingSecret],
        [texts.clockSkew, `${region.clockSkewSeconds} s`],
        [texts.version, region.softwareVersion ?? '–'],
        [texts.evaluated, `${region.evaluatedToday ?? '–'} / ${region.dailyQuota}`],
        [texts.matches, region.matches],
        [
          texts.rejected,
          region.rejected.length === 0
            ? texts.noneRejected
            : region.rejected
                .map(({ reason, count }) => `${texts.rejections[reason] ?? reason}: ${count}`)
                .join(', '),
        ],
      ]}
    />
  );
}

function Week({ region: { id, name } }: { region: Region }) {
  const texts = useTexts(consoleTexts).region;
  const state = useLive(
    (asking) => Api.get<{ hours: RegionHour[] }>(`regions/${id}/history`, asking),
    MINUTE_MS,
  );
  return (
    <Loaded state={state}>
      {({ hours }) =>
        hours.length === 0 ? (
          <Empty title={texts.noHistory} />
        ) : (
          <WeekGrid hours={hours} caption={`${name}: ${texts.week}`} />
        )
      }
    </Loaded>
  );
}

function Probes({ region: { probes }, regions }: { region: Region; regions: readonly Region[] }) {
  const texts = useTexts(consoleTexts).probes;
  const { language } = useLanguage();
  if (probes.length === 0) return <Empty title={texts.none} />;
  return (
    <>
      <Paragraph>{texts.what}</Paragraph>
      <DataTable
        caption={texts.caption}
        columns={[texts.with, texts.last, texts.state]}
        rows={probes.map(({ region, lastMatchAt, overdue }) => ({
          key: region,
          cells: [
            regions.find(({ id }) => id === region)?.name ?? region,
            lastMatchAt ? momentText(lastMatchAt, language) : '–',
            <Badge key="state" tone={overdue ? 'warning' : lastMatchAt ? 'ok' : 'neutral'}>
              {overdue ? texts.late : lastMatchAt ? texts.onTime : texts.waiting}
            </Badge>,
          ],
        }))}
      />
    </>
  );
}
