import {
  Api,
  Badge,
  birthDateText,
  Button,
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
  Paragraph,
  ProblemNotice,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { Earlier } from './earlier.js';
import { isHeld, type OwnSignal } from './professional.types.js';
import { mayRenewNow } from './renewal.js';
import { SignalTask } from './signal-task.js';
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

/** One of one's own signals. */
export function SignalPage({ id }: { id: string }) {
  const texts = useTexts(professional);
  return (
    <SignalTask id={id}>
      {(signal) => (
        <>
          <PageTitle title={texts.own.one} />
          {signal.youthUnavailable && <Notice tone="warning">{texts.own.noNames}</Notice>}
          <SignalCard signal={signal} />
          <p className="screens-after">
            <Link to="/signalen">{texts.own.back}</Link>
          </p>
        </>
      )}
    </SignalTask>
  );
}

function SignalCard({ signal }: { signal: OwnSignal }) {
  const texts = useTexts(professional).own;
  const { language } = useLanguage();
  const renewable = mayRenewNow(signal.removalDate);
  return (
    <Card
      title={signal.youth?.name ?? signal.number}
      aside={
        isHeld(signal) ? (
          <Badge tone="warning">{texts.held}</Badge>
        ) : renewable ? (
          <Badge tone="warning">{texts.endsSoon}</Badge>
        ) : undefined
      }
      className={renewable || isHeld(signal) ? 'screens-card--calls' : ''}
    >
      <Facts
        of={[
          [texts.number, signal.youth ? signal.number : undefined],
          [texts.birthDate, signal.youth?.birthDate && birthDateText(signal.youth.birthDate, language)],
          [texts.bsn, signal.withoutBsn && texts.noBsn],
          [texts.filedAt, momentText(signal.filedAt, language)],
          [texts.until, dayText(signal.removalDate, language)],
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
      {signal.informReminderUntil && <InformReminder id={signal.id} />}
      <ButtonGroup>
        {isHeld(signal) && (
          <Link to={`/signalen/${signal.id}/afgegeven`} look="button">
            {texts.shareOrUndo}
          </Link>
        )}
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

/** Reminds the filer, who asked for it, that those whom the law names are still to be informed. */
function InformReminder({ id }: { id: string }) {
  const texts = useTexts(professional).own;
  const [isDone, setDone] = useState(false);
  const state = useFormState();
  const tickOff = () =>
    void state.send(async () => {
      await Api.post(`signals/${id}/_informed`);
      setDone(true);
    });
  if (isDone) return null;
  return (
    <>
      {state.problem && <ProblemNotice problem={state.problem} onRetry={tickOff} />}
      <Notice tone="warning">
        <Paragraph>{texts.reminder}</Paragraph>
        <Button appearance="secondary-action-button" onClick={tickOff} disabled={state.sending}>
          {texts.informedNow}
        </Button>
      </Notice>
    </>
  );
}
