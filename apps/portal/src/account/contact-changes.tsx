import {
  Api,
  Button,
  ButtonGroup,
  Card,
  Facts,
  momentText,
  ProblemNotice,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { MailAddress } from '../contact/index.js';
import { useSession } from '../session.js';
import type { ContactChange } from '../session.types.js';
import { account } from './texts.js';

/** Contact details that somebody else entered: they count once their owner says so here. */
export function ContactChanges({ onDone }: { onDone: (said: string) => void }) {
  const { me } = useSession();
  if (me.contactChanges.length === 0) return null;
  return (
    <ul className="screens-list">
      {me.contactChanges.map((change) => (
        <li key={change.id}>
          <Change change={change} onDone={onDone} />
        </li>
      ))}
    </ul>
  );
}

function Change({ change, onDone }: { change: ContactChange; onDone: (said: string) => void }) {
  const texts = useTexts(account).change;
  const { language } = useLanguage();
  const { again } = useSession();
  const state = useFormState();
  const decide = (what: '_confirm' | '_reject', said: string) =>
    void state.send(async () => {
      await Api.post(`contact-changes/${change.id}/${what}`);
      onDone(said);
      await again();
    });
  return (
    <Card title={texts.title[change.changedBy]}>
      {state.problem && <ProblemNotice problem={state.problem} />}
      <Facts
        of={[
          [texts.organisation, change.organisation],
          [texts.phone, change.phone],
          [texts.email, change.email && <MailAddress key="email">{change.email}</MailAddress>],
          [texts.changedAt, momentText(change.changedAt, language)],
        ]}
      />
      <p>{texts.consequence}</p>
      <ButtonGroup>
        <Button
          appearance="primary-action-button"
          onClick={() => decide('_confirm', texts.confirmed)}
          disabled={state.sending}
        >
          {texts.confirm}
        </Button>
        <Button
          appearance="secondary-action-button"
          onClick={() => decide('_reject', texts.rejected)}
          disabled={state.sending}
        >
          {texts.reject}
        </Button>
      </ButtonGroup>
    </Card>
  );
}
