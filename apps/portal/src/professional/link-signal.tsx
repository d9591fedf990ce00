import {
  Api,
  Button,
  ButtonGroup,
  dayText,
  Facts,
  Form,
  Link,
  PageTitle,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { FiledSignal, Preview, YouthRequest, YouthShown } from './professional.types.js';
import { SignalTask } from './signal-task.js';
import { professional } from './texts.js';
import { YouthForm } from './youth-form.js';

interface Found {
  youth: YouthRequest;
  shown: YouthShown;
}

/** Links a signal on a youth without BSN, whose BSN has become known: who is it, is this the one, done. */
export function LinkSignal({ id }: { id: string }) {
  const { own, link: texts } = useTexts(professional);
  const { language } = useLanguage();
  const [found, setFound] = useState<Found>();
  const [linked, setLinked] = useState<FiledSignal>();
  const find = async (youth: YouthRequest) =>
    setFound({ youth, shown: (await Api.post<Preview>('signals/_preview', { youth })).youth });
  const done = linked && {
    title: texts.linked,
    text: texts.until(linked.number, dayText(linked.removalDate, language)),
  };
  return (
    <SignalTask id={id} done={done}>
      {({ number }) =>
        found ? (
          <Confirm id={id} found={found} onBack={() => setFound(undefined)} onLinked={setLinked} />
        ) : (
          <>
            <PageTitle title={texts.title} lead={texts.lead(number)} quiet />
            <YouthForm onSend={find}>
              <Link to="/signalen">{own.back}</Link>
            </YouthForm>
          </>
        )
      }
    </SignalTask>
  );
}

interface ConfirmProps {
  id: string;
  found: Found;
  onBack: () => void;
  onLinked: (signal: FiledSignal) => void;
}

function Confirm({ id, found: { youth, shown }, onBack, onLinked }: ConfirmProps) {
  const texts = useTexts(professional);
  const state = useFormState();
  const link = () =>
    void state.send(async () => onLinked(await Api.post<FiledSignal>(`signals/${id}/_link`, { youth })));
  return (
    <>
      <PageTitle title={texts.confirm.title(shown.name)} lead={texts.link.certain} />
      <Facts of={[[texts.confirm.birthDate, shown.birthDate]]} />
      <Form state={state} onSend={link}>
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.link.send}
          </Button>
          <Button appearance="secondary-action-button" onClick={onBack}>
            {texts.confirm.back}
          </Button>
        </ButtonGroup>
      </Form>
    </>
  );
}
