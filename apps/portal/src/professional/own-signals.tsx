import {
  Api,
  Badge,
  ButtonGroup,
  Card,
  dayText,
  Empty,
  Facts,
  Link,
  Loaded,
  momentText,
  municipalityName,
  Notice,
  PageTitle,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { Earlier } from './earlier.js';
import type { OwnSignal } from './professional.types.js';
import { mayRenewNow } from './renewal.js';
import { professional } from './texts.js';

/** Somebody's own signals, with the name of the youth as far as the person register answers. */
export function OwnSignals() {
  const texts = useTexts(professional).own;
  const state = useLoaded(() => Api.get<{ signals: OwnSignal[] }>('signals?expand=youth'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Loaded state={state}>
        {({ signals }) =>
          signals.length === 0 ? (
            <Empty title={texts.none}>
              <p>{texts.noneHint}</p>
              <Link to="/signalen/nieuw" look="button">
                {texts.file}
              </Link>
            </Empty>
          ) : (
            <>
              {signals.some(({ youthUnavailable }) => youthUnavailable) && (
                <Notice tone="warning">{texts.noNames}</Notice>
              )}
              <ul className="screens-list">
                {signals.map((signal) => (
                  <li key={signal.id}>
                    <SignalCard signal={signal} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function SignalCard({ signal }: { signal: OwnSignal }) {
  const texts = useTexts(professional).own;
  const { language } = useLanguage();
  const renewable = mayRenewNow(signal.removalDate);
  return (
    <Card
      title={signal.youth?.name ?? signal.number}
      aside={renewable ? <Badge tone="warning">{texts.endsSoon}</Badge> : undefined}
      className={renewable ? 'screens-card--calls' : ''}
    >
      <Facts
        of={[
          [texts.number, signal.youth ? signal.number : undefined],
          [texts.birthDate, signal.youth?.birthDate],
          [texts.bsn, signal.withoutBsn && texts.noBsn],
          [texts.filedAt, momentText(signal.filedAt, language)],
          [texts.until, dayText(signal.removalDate, language)],
          [texts.informed, texts.informedAs[signal.parentsInformed]],
          [
            texts.moved,
            signal.moved &&
              texts.movedTo(
                municipalityName(signal.moved.municipality),
                momentText(signal.moved.heardAt, language),
              ),
          ],
        ]}
      />
      <ButtonGroup>
        {renewable && (
          <Link to={`/signalen/${signal.id}/verlengen`} look="button">
            {texts.renew}
          </Link>
        )}
        {signal.withoutBsn && (
          <Link to={`/signalen/${signal.id}/bsn`} look="subtle">
            {texts.link}
          </Link>
        )}
        <Link to={`/signalen/${signal.id}/einde`} look="subtle">
          {texts.end}
        </Link>
        <Earlier id={signal.id} />
      </ButtonGroup>
    </Card>
  );
}
