import {
  Api,
  Button,
  ButtonGroup,
  Choice,
  Form,
  Link,
  PageTitle,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { SignalTask } from './signal-task.js';
import { professional } from './texts.js';

const REASONS = ['risk-gone', 'not-justified', 'wrong-youth', 'undone'] as const;
type Reason = (typeof REASONS)[number];
const HOUR = 3_600_000;

/** Ends a signal, for one of the reasons of the law, each with what follows from it. */
export function EndSignal({ id }: { id: string }) {
  const texts = useTexts(professional).end;
  const [reason, setReason] = useState<Reason>();
  const [ended, setEnded] = useState<Reason>();
  const state = useFormState();
  const end = () =>
    void state.send(async () => {
      await Api.post(`signals/${id}/_end`, { reason });
      setEnded(reason);
    });
  return (
    <SignalTask id={id} done={ended && { title: texts.ended, text: texts.after[ended] }}>
      {({ number, filedAt }) => (
        <>
          <PageTitle title={texts.title} lead={texts.lead(number)} />
          <Form state={state} onSend={end}>
            <Choice<Reason>
              label={texts.why}
              hint={texts.whyHint}
              value={reason}
              onChange={setReason}
              error={state.errorOf('reason')}
              options={REASONS.filter(
                (one) => one !== 'undone' || Date.now() - Date.parse(filedAt) < HOUR,
              ).map((value) => ({ value, ...texts.reasons[value] }))}
            />
            <ButtonGroup>
              <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
                {texts.send}
              </Button>
              <Link to="/signalen">{texts.keep}</Link>
            </ButtonGroup>
          </Form>
        </>
      )}
    </SignalTask>
  );
}
