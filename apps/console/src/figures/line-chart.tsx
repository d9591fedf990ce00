import { DataTable, useLanguage, useTexts } from '#libs/screens';
import { consoleTexts } from '../texts.js';
import { dayAndHour, shortDay } from '../times.js';

/** One value at one moment. `shown` is how it is written, which may be less exact. */
export interface Point {
  at: string;
  value: number;
  shown: string;
}

const [WIDTH, HEIGHT] = [600, 160];
const HOUR_MS = 3_600_000;

/** A line through time. The figures are in a table below it, for who does not see the line or wants them exactly. */
export function LineChart({ title, points, top }: { title: string; points: readonly Point[]; top?: number }) {
  const texts = useTexts(consoleTexts).figures;
  const { language } = useLanguage();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const most = top ?? Math.max(10, ...points.map(({ value }) => value));
  const begin = Date.parse(first.at);
  const span = Math.max(HOUR_MS, Date.parse(last.at) - begin);
  const place = ({ at, value }: Point) =>
    `${(((Date.parse(at) - begin) / span) * WIDTH).toFixed(1)},${(HEIGHT - (value / most) * HEIGHT).toFixed(1)}`;
  const when = (at: string) => {
    const { day, hour } = dayAndHour(at);
    return `${shortDay(day, language)} ${hour}:00`;
  };
  const line =
    points.length === 1
      ? [place(first), place({ ...first, at: new Date(begin + span).toISOString() })]
      : points.map(place);
  return (
    <figure className="console-chart">
      <figcaption className="console-chart__title">{title}</figcaption>
      <div className="console-chart__plot">
        <span className="console-chart__most">{most}</span>
        <span className="console-chart__least">0</span>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}: ${texts.from} ${first.shown} (${when(first.at)}) ${texts.to} ${last.shown} (${when(last.at)})`}
        >
          <line className="console-chart__grid" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
          <polygon
            className="console-chart__area"
            points={`0,${HEIGHT} ${line.join(' ')} ${WIDTH},${HEIGHT}`}
          />
          <polyline className="console-chart__line" points={line.join(' ')} />
        </svg>
      </div>
      <div className="console-chart__days" aria-hidden="true">
        <span>{when(first.at)}</span>
        <span>{when(last.at)}</span>
      </div>
      <details>
        <summary>{texts.asTable}</summary>
        <DataTable
          caption={title}
          columns={[texts.hour, title]}
          rows={points.toReversed().map(({ at, shown }) => ({ key: at, cells: [when(at), shown] }))}
        />
      </details>
    </figure>
  );
}
