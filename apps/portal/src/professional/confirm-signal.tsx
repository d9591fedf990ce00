import {
  Api,
  Button,
  ButtonGroup,
  Choice,
  dayText,
  Facts,
  Form,
  PageTitle,
  Section,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { Human } from '../contact/index.js';
import type { FiledSignal, ParentsInformed, Preview, YouthRequest } from './professional.types.js';
import { professional } from './texts.js';

interface ConfirmSignalProps {
  youth: YouthRequest;
  preview: Preview;
  onBack: () => void;
  onFiled: (signal: FiledSignal) => void;
}

/** Shows whom the signal is about and what others will see, and asks who was told before. */
export function ConfirmSignal({ youth, preview, onBack, onFiled }: ConfirmSignalProps) {
  const texts = useTexts(professional).confirm;
  const { language } = useLanguage();
  const [parentsInformed, setParentsInformed] = useState<ParentsInformed>();
  const state = useFormState();
  const file = () =>
    void state.send(async () => onFiled(await Api.post<FiledSignal>('signals', { youth, parentsInformed })));
  return (
    <>
      <PageTitle title={texts.title(preview.youth.name)} />
      <Facts
        of={[
          [texts.birthDate, preview.youth.birthDate],
          [texts.until, dayText(preview.removalDate, language)],
        ]}
      />
      <Form state={state} onSend={file}>
        <InformedChoice
          whom={preview.informWhom}
          representatives={preview.representatives}
          value={parentsInformed}
          onChange={setParentsInformed}
          error={state.errorOf('parentsInformed')}
        />
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.file}
          </Button>
          <Button appearance="secondary-action-button" onClick={onBack}>
            {texts.back}
          </Button>
        </ButtonGroup>
      </Form>
      <Section title={texts.othersSee}>
        <p>{texts.othersSeeLead}</p>
        <ul className="screens-people">
          <li>
            <Human contact={preview.othersWillSee} />
          </li>
        </ul>
      </Section>
    </>
  );
}

interface InformedChoiceProps {
  whom: Preview['informWhom'] | 'by-age';
  representatives?: Preview['representatives'];
  value: ParentsInformed | undefined;
  onChange: (value: ParentsInformed) => void;
  error?: string | undefined;
}

/** Whether those were told whom the law names, by the age of the youth (Jeugdwet 7.1.5.1). */
export function InformedChoice({ whom, representatives, value, onChange, error }: InformedChoiceProps) {
  const texts = useTexts(professional).informed;
  const who = texts.who[representatives ?? 'unknown'];
  return (
    <Choice
      label={texts.question[whom](who)}
      hint={texts.law[whom](who)}
      value={value}
      onChange={onChange}
      error={error}
      options={[
        { value: 'yes', label: texts.yes },
        { value: 'legal-exception', label: texts.exception, hint: texts.exceptionHint },
      ]}
    />
  );
}
