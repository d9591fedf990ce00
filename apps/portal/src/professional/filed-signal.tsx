import {
  Api,
  Button,
  ButtonGroup,
  clockText,
  dayText,
  Facts,
  goToStep,
  Link,
  Loading,
  Notice,
  PageTitle,
  Paragraph,
  ProblemNotice,
  Section,
  useFormState,
  useKept,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useEffect, useState } from 'react';
import type { JustEnded } from './end-signal.js';
import { MatchDetails } from './match-details.js';
import { fetchMatches, useNews } from './news.js';
import type { JustFiled } from './new-signal.js';
import { isHeld, type FiledSignal as Filed, type OwnSignal } from './professional.types.js';
import { Gone } from './signal-task.js';
import { professional } from './texts.js';

const EVERY = 5_000;

/** Says that a signal is filed and when it is shared; until then it can be undone. Then shows who else is involved. */
export function FiledSignal({ id }: { id: string }) {
  const texts = useTexts(professional).filed;
  const { language } = useLanguage();
  const [just] = useKept<JustFiled | undefined>('filed', undefined);
  // the person register is asked for the name only when this page does not know it
  const loaded = useLoaded(() => Api.get<OwnSignal>(`signals/${id}${just ? '' : '?expand=youth'}`));
  const signal: Filed | undefined = loaded.data ?? just?.signal;
  if (loaded.problem?.status === 404) return <Gone />;
  if (!signal)
    return loaded.problem ? (
      <ProblemNotice problem={loaded.problem} onRetry={() => void loaded.again()} />
    ) : (
      <Loading />
    );
  const name = just?.youth.name ?? loaded.data?.youth?.name;
  return (
    <>
      <PageTitle title={name ? texts.title(name) : texts.titleUnnamed} windowTitle={texts.titleUnnamed} />
      {isHeld(signal) ? (
        <HeldSignal signal={signal} about={name ?? signal.number} onChanged={() => void loaded.again()} />
      ) : (
        <Notice tone="ok">
          <Paragraph>{texts.shared}</Paragraph>
        </Notice>
      )}
      <Facts
        of={[
          [texts.number, signal.number],
          [texts.until, dayText(signal.removalDate, language)],
        ]}
      />
      {!isHeld(signal) && <Involved id={id} />}
      <ButtonGroup className="screens-after">
        <Link to="/signalen/nieuw" look={isHeld(signal) ? 'link' : 'button'}>
          {texts.another}
        </Link>
        <Link to="/matches">{texts.toMatches}</Link>
      </ButtonGroup>
      {!isHeld(signal) && (
        <p className="screens-muted">
          {texts.mistaken} <Link to={`/signalen/${id}/einde`}>{texts.toEnd}</Link>
        </p>
      )}
    </>
  );
}

interface HeldProps {
  signal: Filed;
  about: string;
  onChanged: () => void;
}

/** Nobody knows of the signal yet: when that changes, and what its filer can do until then. */
function HeldSignal({ signal: { id, sharesAt }, about, onChanged }: HeldProps) {
  const texts = useTexts(professional).filed;
  const { language } = useLanguage();
  const [, setEnded] = useKept<JustEnded | undefined>('ended', undefined);
  const state = useFormState();
  const seconds = useSecondsUntil(sharesAt);
  useEffect(() => {
    if (seconds !== 0) return;
    onChanged();
    const timer = window.setInterval(onChanged, EVERY);
    return () => window.clearInterval(timer);
    // `onChanged` is the same question at every render
  }, [seconds]);
  const share = () =>
    void state.send(async () => {
      await Api.post(`signals/${id}/_share`);
      onChanged();
    });
  const undo = () =>
    void state.send(async () => {
      try {
        await Api.post(`signals/${id}/_end`, { reason: 'undone' });
      } catch (error) {
        // it may have been shared meanwhile
        onChanged();
        throw error;
      }
      setEnded(() => ({ reason: 'undone', about }));
      goToStep(`/signalen/${id}/ongedaan`, { instead: true });
    });
  return (
    <>
      {state.problem && <ProblemNotice problem={state.problem} />}
      <Notice tone="info" title={texts.heldTitle}>
        <Paragraph>
          {sharesAt ? texts.held(clockText(sharesAt, language)) : texts.waits}
          {seconds !== undefined && seconds > 0 && (
            <span aria-hidden="true"> {texts.left(Math.floor(seconds / 60), seconds % 60)}</span>
          )}
        </Paragraph>
        <ButtonGroup>
          <Button appearance="primary-action-button" onClick={share} disabled={state.sending}>
            {texts.shareNow}
          </Button>
          <Button appearance="secondary-action-button" onClick={undo} disabled={state.sending}>
            {texts.undo}
          </Button>
        </ButtonGroup>
      </Notice>
    </>
  );
}

/** Counts down to a moment, to 0; undefined when there is none. */
function useSecondsUntil(moment: string | undefined): number | undefined {
  const left = () =>
    moment === undefined ? undefined : Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left);
    const timer = window.setInterval(() => setSeconds(left), 1_000);
    return () => window.clearInterval(timer);
  }, [moment]);
  return seconds;
}

/** Who else is involved, as far as it is known: what is found later appears by itself. */
function Involved({ id }: { id: string }) {
  const texts = useTexts(professional).filed;
  const matches = useLoaded(fetchMatches);
  useNews(matches.data?.version, () => void matches.again());
  if (matches.problem && !matches.data)
    return <ProblemNotice problem={matches.problem} onRetry={() => void matches.again()} />;
  if (!matches.data) return <Loading />;
  const match = matches.data.matches.find(({ signalId }) => signalId === id);
  return (
    <Section title={texts.involved}>
      {match ? (
        <MatchDetails match={match} onChanged={() => void matches.again()} />
      ) : (
        <p role="status">{texts.nobodyYet}</p>
      )}
    </Section>
  );
}
