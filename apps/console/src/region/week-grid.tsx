import { useLanguage, useTexts } from '#libs/screens';
import type { RegionHour } from '../api.types.js';
import { consoleTexts } from '../texts.js';
import { dayAndHour, shortDay, spanText } from '../times.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** The worst that was seen in an hour. */
const worstOf = ({ silent, lagging }: RegionHour): 'healthy' | 'lagging' | 'silent' =>
  silent > 0 ? 'silent' : lagging > 0 ? 'lagging' : 'healthy';

/** A week by the hour, a row for each day: a table, so that it can be heard as well as seen. */
export function WeekGrid({ hours, caption }: { hours: readonly RegionHour[]; caption: string }) {
  const all = useTexts(consoleTexts);
  const { language } = useLanguage();
  const days = new Map<string, Map<number, RegionHour>>();
  for (const sample of hours) {
    const { day, hour } = dayAndHour(sample.hour);
    if (!days.has(day)) days.set(day, new Map());
    days.get(day)!.set(hour, sample);
  }
  return (
    <>
      <div className="console-week" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption className="screens-hidden">{caption}</caption>
          <thead>
            <tr>
              <td />
              {HOURS.map((hour) => (
                <th key={hour} scope="col" className={hour % 6 === 0 ? '' : 'console-week__minor'}>
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].map(([day, samples]) => (
              <tr key={day}>
                <th scope="row">{shortDay(day, language)}</th>
                {HOURS.map((hour) => (
                  <Cell key={hour} sample={samples.get(hour)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="console-legend">
        {(['healthy', 'lagging', 'silent'] as const).map((condition) => (
          <li key={condition}>
            <span className={`console-hour console-hour--${condition}`} aria-hidden="true" />
            {all.conditions[condition]}
          </li>
        ))}
      </ul>
    </>
  );
}

function Cell({ sample }: { sample: RegionHour | undefined }) {
  const all = useTexts(consoleTexts);
  if (!sample)
    return (
      <td>
        <span className="screens-hidden">{all.region.noLook}</span>
      </td>
    );
  const worst = worstOf(sample);
  const said = `${all.conditions[worst]}, ${all.regionFacts.delay} ${spanText(sample.worstDelaySeconds)}, ${all.regionFacts.queue} ${sample.worstQueue}`;
  return (
    <td>
      <span className={`console-hour console-hour--${worst}`} title={said}>
        <span className="screens-hidden">{said}</span>
      </span>
    </td>
  );
}
