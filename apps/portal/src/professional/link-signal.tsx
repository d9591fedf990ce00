import {
  Api,
  Button,
  ButtonGroup,
  dayText,
  Facts,
  Form,
  Link,
  Loaded,
  Notice,
  PageTitle,
  Paragraph,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { FiledSignal, OwnSignal, Preview, YouthRequest, YouthShown } from './professional.types.js';
import { professional } from './texts.js';
import { YouthForm } from './youth-form.js';

interface Found {
  youth: YouthRequest;
  shown: YouthShown;
}

/** Links a signal on a youth without BSN, whose BSN has become known: who is it, is this the one, done. */
export function LinkSignal({ id }: { id: string }) {
  const texts = useTexts(professional).link;
  const { language } = useLanguage();
  const signal = useLoaded(() => Api.get<OwnSignal>(`signals/${id}`));
  const [found, setFound] = useState<Found>();
  const [linked, setLinked] = useState<FiledSignal>();
  if (linked)
    return (
      <>
        <PageTitle title={texts.linked} />
        <Notice tone="ok">
          <Paragraph>{texts.until(linked.number, dayText(linked.removalDate, language))}</Paragraph>
        </Notice>
        <Link to="/signalen">{texts.back}</Link>
      </>
    );
  if (found) return <Confirm id={id} found={found} onBack={() => setFound(undefined)} onLinked={setLinked} />;
  const find = async (youth: YouthRequest) =>
    setFound({ youth, shown: (await Api.post<Preview>('signals/_preview', { youth })).youth });
  return (
    <Loaded state={signal}>
      {({ number }) => (
        <>
          <PageTitle title={texts.title} lead={texts.lead(number)} quiet />
          <YouthForm onSend={find}>
            <Link to="/signalen">{texts.back}</Link>
          </YouthForm>
        </>
      )}
    </Loaded>
  );
}

interface ConfirmProps {
  id: string;
  found: Found;
  onBack: () => void;
  onLinked: (signal: FiledSignal) => void;
}

function Confirm({ id, found, onBack, onLinked }: ConfirmProps) {
  const texts = useTexts(professional);
  const state = useFormState();
  const { name, birthDate } = found.shown;
  const link = () =>
    void state.send(async () =>
      onLinked(await Api.post<FiledSignal>(`signals/${id}/_link`, { youth: found.youth })),
    );
  return (
    <>
      <PageTitle title={texts.confirm.title(name)} lead={texts.link.certain} />
      <Facts
        of={[
          [texts.confirm.name, name],
          [texts.confirm.birthDate, birthDate],
        ]}
      />
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
