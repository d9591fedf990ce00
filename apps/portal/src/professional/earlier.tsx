import { Api, Button, Notice, ProblemNotice, useFormState, useTexts } from '#libs/screens';
import { useState } from 'react';
import { Human, type Contact } from '../contact/index.js';
import { professional } from './texts.js';

/** Shows, when asked, who had a signal on the youth before: it is in the logbook that somebody looked. */
export function Earlier({ id }: { id: string }) {
  const texts = useTexts(professional).earlier;
  const state = useFormState();
  const [people, setPeople] = useState<Contact[]>();
  const show = () =>
    void state.send(async () => setPeople(await Api.get<Contact[]>(`signals/${id}/earlier`)));
  if (state.problem) return <ProblemNotice problem={state.problem} onRetry={show} />;
  if (!people)
    return (
      <Button appearance="subtle-button" onClick={show} disabled={state.sending}>
        {texts.show}
      </Button>
    );
  if (people.length === 0) return <Notice tone="info">{texts.none}</Notice>;
  return (
    <ul className="screens-people" aria-label={texts.title}>
      {people.map((contact) => (
        <li key={contact.email}>
          <Human contact={contact} />
        </li>
      ))}
    </ul>
  );
}
