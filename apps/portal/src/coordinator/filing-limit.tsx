import {
  Api,
  Button,
  momentText,
  Notice,
  ProblemNotice,
  Section,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import type { Colleague } from './coordinator.types.js';
import { coordinator } from './texts.js';

interface FilingLimitProps {
  person: Colleague;
  onChanged: () => void;
}

/** Lets somebody file more for a week. */
export function FilingLimit({ person, onChanged }: FilingLimitProps) {
  const texts = useTexts(coordinator).person;
  const { language } = useLanguage();
  const state = useFormState();
  const raise = () =>
    void state.send(async () => {
      await Api.post(`professionals/${person.id}/_raise-filing-limit`);
      onChanged();
    });
  const { filingLimitRaisedUntil: until } = person;
  return (
    <Section title={texts.limit}>
      <p>{texts.limitLead}</p>
      {state.problem && <ProblemNotice problem={state.problem} />}
      {until ? (
        <Notice tone="ok">{texts.limitRaised(momentText(until, language))}</Notice>
      ) : (
        <Button appearance="secondary-action-button" onClick={raise} disabled={state.sending}>
          {texts.raiseLimit}
        </Button>
      )}
    </Section>
  );
}
