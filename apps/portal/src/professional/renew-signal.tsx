import {
  Api,
  Button,
  ButtonGroup,
  dayText,
  Form,
  Link,
  PageTitle,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { InformedChoice } from './confirm-signal.js';
import type { FiledSignal, ParentsInformed } from './professional.types.js';
import { SignalTask } from './signal-task.js';
import { professional } from './texts.js';

/** Files a signal anew at the end of its term: the legal representatives or the youth, by age, are told again. */
export function RenewSignal({ id }: { id: string }) {
  const { own, renew: texts } = useTexts(professional);
  const { language } = useLanguage();
  const [parentsInformed, setParentsInformed] = useState<ParentsInformed>();
  const [renewed, setRenewed] = useState<FiledSignal>();
  const state = useFormState();
  const renew = () =>
    void state.send(async () =>
      setRenewed(await Api.post<FiledSignal>(`signals/${id}/_renew`, { parentsInformed })),
    );
  const done = renewed && {
    title: texts.renewed,
    text: texts.until(renewed.number, dayText(renewed.removalDate, language)),
  };
  return (
    <SignalTask id={id} done={done}>
      {({ number, removalDate }) => (
        <>
          <PageTitle title={texts.title} lead={texts.lead(number, dayText(removalDate, language))} />
          <Form state={state} onSend={renew}>
            <InformedChoice
              whom="by-age"
              value={parentsInformed}
              onChange={setParentsInformed}
              error={state.errorOf('parentsInformed')}
            />
            <ButtonGroup>
              <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
                {texts.send}
              </Button>
              <Link to="/signalen">{own.back}</Link>
            </ButtonGroup>
          </Form>
        </>
      )}
    </SignalTask>
  );
}
