import {
  Api,
  Button,
  ButtonGroup,
  dayText,
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
import { InformedChoice } from './confirm-signal.js';
import type { FiledSignal, OwnSignal, ParentsInformed } from './professional.types.js';
import { professional } from './texts.js';

/** Files a signal anew at the end of its term: parents, or the youth, are told again. */
export function RenewSignal({ id }: { id: string }) {
  const texts = useTexts(professional).renew;
  const { language } = useLanguage();
  const signal = useLoaded(() => Api.get<OwnSignal>(`signals/${id}`));
  const [parentsInformed, setParentsInformed] = useState<ParentsInformed>();
  const [renewed, setRenewed] = useState<FiledSignal>();
  const state = useFormState();
  const renew = () =>
    void state.send(async () =>
      setRenewed(await Api.post<FiledSignal>(`signals/${id}/_renew`, { parentsInformed })),
    );
  if (renewed)
    return (
      <>
        <PageTitle title={texts.renewed} />
        <Notice tone="ok">
          <Paragraph>{texts.until(renewed.number, dayText(renewed.removalDate, language))}</Paragraph>
        </Notice>
        <Link to="/signalen">{texts.back}</Link>
      </>
    );
  return (
    <Loaded state={signal}>
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
              <Link to="/signalen">{texts.back}</Link>
            </ButtonGroup>
          </Form>
        </>
      )}
    </Loaded>
  );
}
