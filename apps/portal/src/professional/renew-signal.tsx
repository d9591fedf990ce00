import {
  Api,
  Button,
  ButtonGroup,
  dayText,
  Form,
  goBack,
  goToStep,
  Link,
  Notice,
  PageTitle,
  useFormState,
  useKept,
  useLanguage,
  useLostStep,
  useTexts,
} from '#libs/screens';
import { useEffect } from 'react';
import { InformedChoice, informedSent, Objection, UNANSWERED, type InformedAnswer } from './informed.js';
import type { FiledSignal } from './professional.types.js';
import { Done, namedSignal, SignalTask } from './signal-task.js';
import { professional } from './texts.js';

export const RENEWAL_STEPS = ['bezwaar'] as const;

/** Files a signal anew at the end of its term: the legal representatives or the youth, by age, are informed again. */
export function RenewSignal({ id, step }: { id: string; step: string }) {
  const { own, renew: texts, who } = useTexts(professional);
  const { language } = useLanguage();
  const [answer, setAnswer] = useKept<InformedAnswer>('informed', UNANSWERED);
  const state = useFormState();
  const { forget } = state;
  useEffect(() => forget(), [step, forget]);
  const start = `/signalen/${id}/verlengen`;
  const isLost = useLostStep(step !== '' && answer.said !== 'objection', start);
  const renew = () =>
    void state.send(async () => {
      const renewed = await Api.post<FiledSignal>(`signals/${id}/_renew`, informedSent(answer));
      setAnswer(() => UNANSWERED);
      goToStep(`/signalen/${renewed.id}/verlengd`, { instead: true });
    });
  return (
    <SignalTask id={id}>
      {(signal) =>
        step === 'bezwaar' && answer.said === 'objection' ? (
          <Objection
            name={namedSignal(signal)}
            state={state}
            label={texts.all}
            onSend={renew}
            onBack={goBack}
          />
        ) : (
          <>
            <PageTitle
              title={texts.title}
              lead={texts.lead(namedSignal(signal), dayText(signal.removalDate, language))}
            />
            {isLost && <Notice tone="info">{who.lost}</Notice>}
            <Form
              state={state}
              onSend={() => (answer.said === 'objection' ? goToStep(`${start}/bezwaar`) : renew())}
            >
              <InformedChoice
                whom="by-age"
                value={answer}
                onChange={(next) => setAnswer(() => next)}
                state={state}
              />
              <ButtonGroup>
                <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
                  {texts.send}
                </Button>
                <Link to="/signalen">{own.back}</Link>
              </ButtonGroup>
            </Form>
          </>
        )
      }
    </SignalTask>
  );
}

/** The signal that came in the place of the renewed one. */
export function RenewedSignal({ id }: { id: string }) {
  const texts = useTexts(professional).renew;
  const { language } = useLanguage();
  return (
    <SignalTask id={id}>
      {(signal) => (
        <Done
          title={texts.renewed}
          text={texts.until(signal.youth?.name, signal.number, dayText(signal.removalDate, language))}
        />
      )}
    </SignalTask>
  );
}
