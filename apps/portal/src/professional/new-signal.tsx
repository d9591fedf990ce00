import { useState } from 'react';
import { ConfirmSignal } from './confirm-signal.js';
import { FiledSignal } from './filed-signal.js';
import type { FiledSignal as Filed, Preview, YouthRequest } from './professional.types.js';
import { WhoIsIt } from './who-is-it.js';

type Step =
  | { name: 'who' }
  | { name: 'confirm'; youth: YouthRequest; preview: Preview }
  | { name: 'filed'; signal: Filed };

/**
 * Filing a signal: who is it, is this the one and who was told, done. What was typed lives in this screen only: it is in no address and no
 * storage of the browser.
 */
export function NewSignal() {
  const [step, setStep] = useState<Step>({ name: 'who' });
  const [before, setBefore] = useState<YouthRequest>();
  if (step.name === 'filed')
    return <FiledSignal signal={step.signal} onUndone={() => setStep({ name: 'who' })} />;
  if (step.name === 'confirm')
    return (
      <ConfirmSignal
        youth={step.youth}
        preview={step.preview}
        onBack={() => setStep({ name: 'who' })}
        onFiled={(signal) => {
          setBefore(undefined);
          setStep({ name: 'filed', signal });
        }}
      />
    );
  return (
    <WhoIsIt
      before={before}
      onFound={(youth, preview) => {
        setBefore(youth);
        setStep({ name: 'confirm', youth, preview });
      }}
    />
  );
}
