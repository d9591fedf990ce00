import {
  Api,
  Button,
  ButtonGroup,
  Choice,
  Form,
  Link,
  Loaded,
  Notice,
  PageTitle,
  Paragraph,
  useFormState,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { OwnSignal } from './professional.types.js';
import { professional } from './texts.js';

type Reason = 'not-justified' | 'risk-gone' | 'wrong-youth' | 'undone';
const HOUR = 3_600_000;

/** Ends a signal, for one of the reasons of the law, each with what follows from it. */
export function EndSignal({ id }: { id: string }) {
  const texts = useTexts(professional).end;
  const signal = useLoaded(() => Api.get<OwnSignal>(`signals/${id}`));
  const [reason, setReason] = useState<Reason>();
  const [ended, setEnded] = useState(false);
  const state = useFormState();
  const end = () =>
    void state.send(async () => {
      await Api.post(`signals/${id}/_end`, { reason });
      setEnded(true);
    });
  if (ended)
    return (
      <>
        <PageTitle title={texts.ended} />
        <Notice tone="ok">
          <Paragraph>{texts.after[reason!]}</Paragraph>
        </Notice>
        <Link to="/signalen">{texts.back}</Link>
      </>
    );
  return (
    <Loaded state={signal}>
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
              options={[
                { value: 'risk-gone', ...texts.reasons['risk-gone'] },
                { value: 'not-justified', ...texts.reasons['not-justified'] },
                { value: 'wrong-youth', ...texts.reasons['wrong-youth'] },
                ...(Date.now() - Date.parse(filedAt) < HOUR
                  ? [{ value: 'undone' as const, ...texts.reasons.undone }]
                  : []),
              ]}
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
    </Loaded>
  );
}
