import {
  Api,
  Button,
  dayText,
  Notice,
  ProblemNotice,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { Human, type Contact } from '../contact/index.js';
import { professional } from './texts.js';

interface EarlierProfessional extends Contact {
  /** Name of another region, and when the signal ended there. */
  region?: string;
  endedOn?: string;
}

/** Shows, when asked, who had a signal on the youth before: it is in the logbook that somebody looked. */
export function Earlier({ id }: { id: string }) {
  const texts = useTexts(professional).earlier;
  const { language } = useLanguage();
  const state = useFormState();
  const [people, setPeople] = useState<EarlierProfessional[]>();
  const show = () =>
    void state.send(async () => setPeople(await Api.get<EarlierProfessional[]>(`signals/${id}/earlier`)));
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
        <li key={`${contact.region ?? ''} ${contact.email}`}>
          <Human contact={contact}>
            {contact.region && <p className="screens-muted">{contact.region}</p>}
            {contact.endedOn && (
              <p className="screens-muted">{texts.endedOn(dayText(contact.endedOn, language))}</p>
            )}
          </Human>
        </li>
      ))}
    </ul>
  );
}
