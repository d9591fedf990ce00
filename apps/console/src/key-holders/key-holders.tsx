import { Badge, Card, Empty, Facts, momentText, PageTitle, useLanguage, useTexts } from '#libs/screens';
import type { KeyHolder } from '../api.types.js';
import { useFederation } from '../live.js';
import { consoleTexts } from '../texts.js';
import { agoText } from '../times.js';

/** Who holds the shares of the key: whether they answer, for which epoch, and how much of its quota each region used. */
export function KeyHolders() {
  const { keyHolders, figures } = useFederation();
  const texts = useTexts(consoleTexts).keyHolders;
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead(figures.threshold, figures.keyHolders)} />
      <ul className="screens-list">
        {keyHolders.map((holder) => (
          <li key={holder.id}>
            <Holder holder={holder} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Holder({ holder }: { holder: KeyHolder }) {
  const { figures } = useFederation();
  const all = useTexts(consoleTexts);
  const texts = all.keyHolders;
  const { language } = useLanguage();
  const well = holder.health === 'healthy';
  return (
    <Card
      title={holder.name}
      aside={<Badge tone={well ? 'ok' : 'error'}>{well ? texts.answers : texts.silent}</Badge>}
    >
      <Facts
        of={[
          [texts.upSince, holder.upSince ? momentText(holder.upSince, language) : '–'],
          [
            texts.lastSeen,
            holder.lastSeenAt ? agoText(holder.lastSeenAt, figures.asOf, language) : all.never,
          ],
          [
            texts.epoch,
            holder.epoch === null
              ? texts.noEpoch
              : holder.epoch === figures.epoch
                ? `${holder.epoch} (${texts.inForce})`
                : `${holder.epoch} (${texts.otherEpoch(figures.epoch)})`,
          ],
        ]}
      />
      {holder.usage === null ? (
        <Empty title={texts.noUsage} />
      ) : (
        <Usage usage={holder.usage} caption={`${holder.name}: ${texts.usage}`} />
      )}
    </Card>
  );
}

function Usage({ usage, caption }: { usage: NonNullable<KeyHolder['usage']>; caption: string }) {
  const { regions } = useFederation();
  const texts = useTexts(consoleTexts).keyHolders;
  return (
    <table className="console-usage">
      <caption>{texts.usage}</caption>
      <thead className="screens-hidden">
        <tr>
          <th scope="col">{texts.region}</th>
          <th scope="col">{caption}</th>
        </tr>
      </thead>
      <tbody>
        {usage.map(({ region, elements, dailyQuota }) => (
          <tr key={region}>
            <th scope="row">{regions.find(({ id }) => id === region)?.name ?? region}</th>
            <td>
              <Bar part={elements === '<10' ? 0 : elements} whole={dailyQuota} />
              <span className="console-usage__figures">
                {elements} / {dailyQuota}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How much of a whole; the figures stand beside it. */
function Bar({ part, whole }: { part: number; whole: number }) {
  const share = whole === 0 ? (part > 0 ? 1 : 0) : Math.min(1, part / whole);
  return (
    <svg className="console-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="console-bar__whole" width="100" height="8" />
      <rect
        className={`console-bar__part${share >= 0.9 ? ' console-bar__part--much' : ''}`}
        width={share * 100}
        height="8"
      />
    </svg>
  );
}
