import {
  Api,
  Button,
  ButtonGroup,
  dayText,
  Facts,
  Link,
  Notice,
  PageTitle,
  Paragraph,
  ProblemNotice,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useEffect, useRef, useState } from 'react';
import type { FiledSignal as Filed } from './professional.types.js';
import { professional } from './texts.js';

/** Says that a signal is filed and what comes next; for an hour it can be taken back. */
export function FiledSignal({ signal, onUndone }: { signal: Filed; onUndone: () => void }) {
  const texts = useTexts(professional).filed;
  const { language } = useLanguage();
  const state = useFormState();
  const [undone, setUndone] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [undone]);
  const undo = () =>
    void state.send(async () => {
      await Api.post(`signals/${signal.id}/_end`, { reason: 'undone' });
      setUndone(true);
    });
  return (
    <div ref={place} tabIndex={-1} className="screens-problem" key={String(undone)}>
      <PageTitle title={undone ? texts.undoneTitle : texts.title} quiet />
      {state.problem && <ProblemNotice problem={state.problem} />}
      {undone ? (
        <>
          <Notice tone="ok">
            <Paragraph>{texts.undone}</Paragraph>
          </Notice>
          <Button appearance="primary-action-button" onClick={onUndone}>
            {texts.another}
          </Button>
        </>
      ) : (
        <>
          <Notice tone="ok">
            <Paragraph>{texts.next}</Paragraph>
          </Notice>
          <Facts
            of={[
              [texts.number, signal.number],
              [texts.until, dayText(signal.removalDate, language)],
              [texts.elsewhere, texts.queued],
            ]}
          />
          <ButtonGroup>
            <Link to="/matches" look="button">
              {texts.toMatches}
            </Link>
            <Button appearance="secondary-action-button" onClick={undo} disabled={state.sending}>
              {texts.undo}
            </Button>
          </ButtonGroup>
          <p className="screens-muted">{texts.undoHint}</p>
        </>
      )}
    </div>
  );
}
