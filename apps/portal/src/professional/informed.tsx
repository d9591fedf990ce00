import {
  Button,
  ButtonGroup,
  Choice,
  Form,
  PageTitle,
  Switch,
  useTexts,
  type FormState,
} from '#libs/screens';
import type { Preview } from './professional.types.js';
import { professional } from './texts.js';

/** What somebody answers to the question whether they informed whom the law names. None of it is kept. */
export interface InformedAnswer {
  said?: 'yes' | 'not-yet' | 'objection';
  remind: boolean;
}

export const UNANSWERED: InformedAnswer = { remind: false };

/** The answer as `POST /signals` takes it. People who object were informed; the objection itself is not sent. */
export const informedSent = ({ said, remind }: InformedAnswer) => ({
  ...(said === undefined ? {} : { informed: said === 'objection' ? 'yes' : said }),
  ...(said === 'not-yet' && remind ? { remind } : {}),
});

interface InformedChoiceProps {
  whom: Preview['informWhom'] | 'by-age';
  representatives?: Preview['representatives'];
  value: InformedAnswer;
  onChange: (value: InformedAnswer) => void;
  state: FormState;
}

/** Whether those were informed whom the law names, by the age of the youth (Jeugdwet 7.1.5.1). */
export function InformedChoice({ whom, representatives, value, onChange, state }: InformedChoiceProps) {
  const texts = useTexts(professional).informed;
  const who = texts.who[representatives ?? 'unknown'];
  const question = texts.question[whom](who);
  return (
    <>
      <Choice
        label={question}
        hint={texts.law[whom](who)}
        value={value.said}
        onChange={(said) => onChange({ ...value, said })}
        error={state.errorOf('informed') && texts.unanswered(question)}
        options={[
          { value: 'yes', label: texts.yes },
          { value: 'not-yet', label: texts.notYet, hint: texts.notYetHint },
          { value: 'objection', label: texts.objected },
        ]}
      />
      {value.said === 'not-yet' && (
        <Switch
          label={texts.remind}
          value={value.remind}
          onChange={(remind) => onChange({ ...value, remind })}
        />
      )}
    </>
  );
}

interface ObjectionProps {
  name: string | undefined;
  state: FormState;
  /** What the button does: file, or renew. */
  label: string;
  onSend: () => void;
  onBack: () => void;
}

/** Somebody objected: says that one may file all the same, and when, and asks once more. */
export function Objection({ name, state, label, onSend, onBack }: ObjectionProps) {
  const texts = useTexts(professional).objection;
  return (
    <>
      <PageTitle title={texts.title} lead={name && texts.about(name)} />
      <ul>
        {texts.when.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Form state={state} onSend={onSend}>
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {label}
          </Button>
          <Button appearance="secondary-action-button" onClick={onBack}>
            {texts.back}
          </Button>
        </ButtonGroup>
      </Form>
    </>
  );
}
