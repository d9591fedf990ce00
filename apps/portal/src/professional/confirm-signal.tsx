import {
  birthDateText,
  Button,
  ButtonGroup,
  dayText,
  Facts,
  Form,
  PageTitle,
  Section,
  useLanguage,
  useTexts,
  type FormState,
} from '#libs/screens';
import { Human } from '../contact/index.js';
import { Existing } from './existing.js';
import { InformedChoice, type InformedAnswer } from './informed.js';
import type { Preview } from './professional.types.js';
import { professional } from './texts.js';

interface ConfirmSignalProps {
  preview: Preview;
  answer: InformedAnswer;
  onAnswer: (answer: InformedAnswer) => void;
  state: FormState;
  onSend: () => void;
  onBack: () => void;
}

/** Shows whom the signal is about and what others will see, and asks who was informed; or tells of the signal that there is. */
export function ConfirmSignal({ preview, answer, onAnswer, state, onSend, onBack }: ConfirmSignalProps) {
  const { confirm: texts, unknown } = useTexts(professional);
  const { language } = useLanguage();
  const { youth, existing } = preview;
  const back = (
    <Button appearance="secondary-action-button" onClick={onBack}>
      {texts.back}
    </Button>
  );
  return (
    <>
      <PageTitle title={texts.title(youth.name)} />
      <Facts
        of={[
          [texts.birthDate, youth.birthDate ? birthDateText(youth.birthDate, language) : unknown],
          existing ? undefined : [texts.until, dayText(preview.removalDate, language)],
        ]}
      />
      {existing ? (
        <Existing signal={existing}>{back}</Existing>
      ) : (
        <>
          <Form state={state} onSend={onSend}>
            <InformedChoice
              whom={preview.informWhom}
              representatives={preview.representatives}
              value={answer}
              onChange={onAnswer}
              state={state}
            />
            <ButtonGroup>
              <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
                {texts.file}
              </Button>
              {back}
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
      )}
    </>
  );
}
