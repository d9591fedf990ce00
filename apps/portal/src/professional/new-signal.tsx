import { Api, goBack, goToStep, useFormState, useKept, useLostStep, useTexts } from '#libs/screens';
import { useEffect } from 'react';
import { useSession } from '../session.js';
import { ConfirmSignal } from './confirm-signal.js';
import { informedSent, Objection, UNANSWERED, type InformedAnswer } from './informed.js';
import { nothingTyped, type TypedYouth } from './typed-youth.js';
import type { FiledSignal, Preview, YouthRequest, YouthShown } from './professional.types.js';
import { professional } from './texts.js';
import { WhoIsIt } from './who-is-it.js';

const START = '/signalen/nieuw';
export const NEW_SIGNAL_STEPS = ['controle', 'bezwaar'] as const;

/** Whom a step of filing or linking is about: as it was asked, and as the register answered. */
export interface FoundYouth {
  youth: YouthRequest;
  preview: Preview;
}

/** What the page of a filed signal is told by the step before. */
export interface JustFiled {
  signal: FiledSignal;
  youth: YouthShown;
}

/**
 * Filing a signal: who is it, is this the one and who was informed, filed. Each step is an entry in the history. What was typed is in the
 * memory of this page only: it is in no address and no storage of the browser.
 */
export function NewSignal({ step }: { step: string }) {
  const texts = useTexts(professional);
  const { mayUseBsn } = useSession().me.organisation;
  const [typed, setTyped] = useKept<TypedYouth>('typed', nothingTyped(mayUseBsn));
  const [found, setFound] = useKept<FoundYouth | undefined>('found', undefined);
  const [answer, setAnswer] = useKept<InformedAnswer>('informed', UNANSWERED);
  const [filed, setFiled] = useKept<JustFiled | undefined>('filed', undefined);
  const state = useFormState();
  const { forget } = state;
  useEffect(() => forget(), [step, forget]);
  const isLost = useLostStep(step !== '' && !found, START);
  const find = async (youth: YouthRequest) => {
    const preview = await Api.post<Preview>('signals/_preview', { youth });
    setFound(() => ({ youth, preview }));
    setAnswer(() => UNANSWERED);
    goToStep(`${START}/controle`);
  };
  if (step === '' || !found)
    return (
      <WhoIsIt
        typed={typed}
        onType={(changed) => setTyped((last) => ({ ...last, ...changed }))}
        isLost={isLost && !filed}
        onSend={find}
      />
    );
  const file = () =>
    void state.send(async () => {
      const signal = await Api.post<FiledSignal>('signals', { youth: found.youth, ...informedSent(answer) });
      setFiled(() => ({ signal, youth: found.preview.youth }));
      setFound(() => undefined);
      setAnswer(() => UNANSWERED);
      setTyped(() => nothingTyped(mayUseBsn));
      goToStep(`/signalen/${signal.id}/afgegeven`, { instead: true });
    });
  if (step === 'bezwaar')
    return (
      <Objection
        name={found.preview.youth.name}
        state={state}
        label={texts.objection.file}
        onSend={file}
        onBack={goBack}
      />
    );
  return (
    <ConfirmSignal
      preview={found.preview}
      answer={answer}
      onAnswer={(next) => setAnswer(() => next)}
      state={state}
      onSend={() => (answer.said === 'objection' ? goToStep(`${START}/bezwaar`) : file())}
      onBack={goBack}
    />
  );
}
