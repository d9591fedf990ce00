import {
  Api,
  Button,
  ButtonGroup,
  Choice,
  Form,
  goToStep,
  Link,
  Loading,
  PageTitle,
  problemOf,
  useFormState,
  useKept,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { isHeld } from './professional.types.js';
import { Done, Gone, namedSignal, SignalTask, useOwnSignal } from './signal-task.js';
import { professional } from './texts.js';

const REASONS = ['risk-gone', 'not-justified', 'wrong-youth', 'undone'] as const;
export type EndReason = (typeof REASONS)[number];

/** What the page of an ended signal is told by the step before. */
export interface JustEnded {
  reason: EndReason;
  about: string;
}

/** Ends a signal, for one of the reasons of the law, each with what follows from it. */
export function EndSignal({ id }: { id: string }) {
  const texts = useTexts(professional).end;
  const [reason, setReason] = useState<EndReason>();
  const [, setEnded] = useKept<JustEnded | undefined>('ended', undefined);
  const [isGone, setGone] = useState(false);
  const state = useFormState();
  const end = (about: string) =>
    void state.send(async () => {
      try {
        await Api.post(`signals/${id}/_end`, { reason });
      } catch (error) {
        if (problemOf(error).status !== 404) throw error;
        // it was there when this page opened
        setGone(true);
        return;
      }
      setEnded(() => reason && { reason, about });
      goToStep(`/signalen/${id}/${reason === 'undone' ? 'ongedaan' : 'beeindigd'}`, { instead: true });
    });
  return (
    <SignalTask id={id}>
      {(signal) =>
        isGone ? (
          <Already about={namedSignal(signal)} />
        ) : (
          <>
            <PageTitle title={texts.title} lead={texts.lead(namedSignal(signal))} />
            <Form state={state} onSend={() => end(namedSignal(signal))}>
              <Choice<EndReason>
                label={texts.why}
                hint={texts.whyHint}
                value={reason}
                onChange={setReason}
                error={state.errorOf('reason')}
                options={REASONS.filter((one) => one !== 'undone' || isHeld(signal)).map((value) => ({
                  value,
                  ...texts.reasons[value],
                }))}
              />
              <ButtonGroup>
                <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
                  {texts.send}
                </Button>
                <Link to="/signalen">{texts.keep}</Link>
              </ButtonGroup>
            </Form>
          </>
        )
      }
    </SignalTask>
  );
}

/** Somebody ended it meanwhile, in another tab for instance. */
function Already({ about }: { about: string }) {
  const texts = useTexts(professional);
  return (
    <>
      <PageTitle title={texts.end.already} lead={about} />
      <Link to="/signalen">{texts.own.back}</Link>
    </>
  );
}

/** What came of ending or undoing a signal. After a reload nobody knows of which it was, and why. */
export function EndedSignal({ id, undone = false }: { id: string; undone?: boolean }) {
  const texts = useTexts(professional);
  const [ended] = useKept<JustEnded | undefined>('ended', undefined);
  const another = (
    <Link to="/signalen/nieuw" look="button">
      {texts.filed.another}
    </Link>
  );
  if (!ended) return <EndedBefore id={id} />;
  if (undone)
    return (
      <Done
        title={texts.filed.undoneTitle(ended.about)}
        windowTitle={texts.filed.undo}
        text={texts.filed.undone}
      >
        {another}
      </Done>
    );
  return (
    <Done
      title={texts.end.ended(ended.about)}
      windowTitle={texts.end.title}
      text={texts.end.after[ended.reason]}
    />
  );
}

function EndedBefore({ id }: { id: string }) {
  const texts = useTexts(professional);
  const { data, problem } = useOwnSignal(id);
  if (problem?.status === 404) return <Gone />;
  if (!data) return <Loading />;
  return (
    <>
      <PageTitle title={texts.end.stands} lead={namedSignal(data)} />
      <Link to={`/signalen/${id}`}>{texts.existing.view}</Link>
    </>
  );
}
