import { Api, Empty, Facts, Loaded, PageTitle, Paragraph, Section, useTexts } from '#libs/screens';
import type { NationalCount, NationalHour } from '../api.types.js';
import { useFederation, useLive } from '../live.js';
import { consoleTexts } from '../texts.js';
import { LineChart, type Point } from './line-chart.js';

const MINUTE_MS = 60_000;

/** National figures, traceable to nobody. */
export function FiguresScreen() {
  const { figures } = useFederation();
  const texts = useTexts(consoleTexts).figures;
  const state = useLive((asking) => Api.get<{ hours: NationalHour[] }>('figures/history', asking), MINUTE_MS);
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Facts
        of={[
          [texts.regions, figures.regions],
          [texts.tags, <Count key="tags" of={figures.tags} />],
          [texts.matches, <Count key="matches" of={figures.matches} />],
          [texts.epoch, figures.epoch],
          [texts.register, figures.registerVersion],
          [texts.version, figures.softwareVersion],
        ]}
      />
      <Section title={texts.week}>
        <Loaded state={state}>
          {({ hours }) =>
            hours.length === 0 ? (
              <Empty title={texts.noHistory}>
                <Paragraph>{texts.noHistoryDetail}</Paragraph>
              </Empty>
            ) : (
              <div className="console-charts">
                <LineChart title={texts.reachable} top={100} points={hours.map(reachable)} />
                <LineChart title={texts.tags} points={hours.map(({ hour, tags }) => counted(hour, tags))} />
                <LineChart
                  title={texts.matches}
                  points={hours.map(({ hour, matches }) => counted(hour, matches))}
                />
              </div>
            )
          }
        </Loaded>
      </Section>
      <Paragraph className="screens-muted">{texts.tens}</Paragraph>
    </>
  );
}

function Count({ of }: { of: NationalCount }) {
  const texts = useTexts(consoleTexts).figures;
  return <>{of === '<10' ? texts.few : texts.about(of)}</>;
}

const reachable = ({ hour, reachablePercent }: NationalHour): Point => ({
  at: hour,
  value: reachablePercent,
  shown: `${reachablePercent}%`,
});

/** Fewer than ten are drawn as none: the line may not tell what the figures do not. */
const counted = (at: string, count: NationalCount): Point => ({
  at,
  value: count === '<10' ? 0 : count,
  shown: String(count),
});
