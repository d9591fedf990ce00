import {
  Api,
  Badge,
  Button,
  Card,
  Heading3,
  Link,
  LoadedList,
  Notice,
  PageTitle,
  ProblemNotice,
  useFormState,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { Human, Lead } from '../contact/index.js';
import { useNews } from './news.js';
import type { InvolvedPerson, OwnMatch, OwnSignal } from './professional.types.js';
import { Possible } from './possible.js';
import { professional } from './texts.js';

/** Who else is involved, per signal of one's own; what is new appears by itself. */
export function Matches() {
  const texts = useTexts(professional).matches;
  const loaded = useLoaded(async () => {
    // first the version: what comes in between is seen with the next look for news
    const { version } = await Api.get<{ version: string }>('matches/version');
    return { version, matches: await Api.get<OwnMatch[]>('matches') };
  });
  const { again } = loaded;
  // names come from the person register, which is asked once and not with every look for news
  const signals = useLoaded(() => Api.get<{ signals: OwnSignal[] }>('signals?expand=youth'));
  const [news, setNews] = useState(false);
  useNews(loaded.data?.version, () => void again().then(() => setNews(true)));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <div role="status">{news && <Notice tone="info">{texts.news}</Notice>}</div>
      <LoadedList
        state={{ ...loaded, data: loaded.data?.matches }}
        none={texts.none}
        hint={
          <>
            <p>{texts.noneHint}</p>
            <Link to="/signalen/nieuw" look="button">
              {texts.file}
            </Link>
          </>
        }
      >
        {(found) => (
          <ul className="screens-list">
            {found.map((match) => (
              <li key={match.signalId}>
                <MatchCard
                  match={match}
                  name={signals.data?.signals.find(({ id }) => id === match.signalId)?.youth?.name}
                  onChanged={() => void again()}
                />
              </li>
            ))}
          </ul>
        )}
      </LoadedList>
    </>
  );
}

interface MatchCardProps {
  match: OwnMatch;
  name: string | undefined;
  onChanged: () => void;
}

function MatchCard({ match, name, onChanged }: MatchCardProps) {
  const texts = useTexts(professional).matches;
  const isKnown = match.involved.length > 0;
  const inContact = match.involved.every(
    ({ contactMadeByYou, contactMadeByThem }) => contactMadeByYou || contactMadeByThem,
  );
  const sameYouth = match.involved.filter(({ kind }) => kind === 'same-youth');
  const siblings = match.involved.filter(({ kind }) => kind === 'sibling');
  const alike = match.involved.filter(({ kind }) => kind === 'possibly-same-youth');
  const tone = inContact ? 'ok' : 'warning';
  return (
    <Card
      title={name ?? texts.signal(match.signalNumber)}
      aside={isKnown && <Badge tone={tone}>{inContact ? texts.inContact : texts.noContactYet}</Badge>}
      className={isKnown && inContact ? '' : 'screens-card--calls'}
    >
      <p className="screens-muted">
        {name && texts.signal(match.signalNumber)}
        {match.standingInFor && ` ${texts.standingIn(match.standingInFor)}`}
      </p>
      {isKnown && (
        <>
          <Heading3>{texts.matchregisseur}</Heading3>
          <Lead lead={match.matchregisseur} you={match.youLead} />
        </>
      )}
      {sameYouth.length > 0 && <People title={texts.sameYouth} people={sameYouth} onChanged={onChanged} />}
      {siblings.length > 0 && (
        <People title={texts.siblings} hint={texts.siblingsHint} people={siblings} onChanged={onChanged} />
      )}
      {alike.length > 0 && <People title={texts.alike} people={alike} onChanged={onChanged} />}
      {match.possible.length > 0 && <Possible possible={match.possible} onChanged={onChanged} />}
    </Card>
  );
}

interface PeopleProps {
  title: string;
  hint?: string;
  people: readonly InvolvedPerson[];
  onChanged: () => void;
}

function People({ title, hint, people, onChanged }: PeopleProps) {
  const texts = useTexts(professional).matches;
  const state = useFormState();
  const say = (id: string) =>
    void state.send(async () => {
      await Api.post(`matches/${id}/_contact-made`);
      onChanged();
    });
  return (
    <>
      <Heading3>{title}</Heading3>
      {hint && <p className="screens-muted">{hint}</p>}
      {state.problem && <ProblemNotice problem={state.problem} />}
      <ul className="screens-people">
        {people.map((person) => (
          <li key={person.id}>
            <Human contact={person}>
              <p className="screens-muted">{person.region}</p>
              {person.askedToVerify && <p className="screens-muted">{texts.verify}</p>}
              {person.standsInFor && <p className="screens-muted">{texts.standsIn(person.standsInFor)}</p>}
              {person.contactMadeByYou || person.contactMadeByThem ? (
                <Badge tone="ok">{person.contactMadeByYou ? texts.contactByYou : texts.contactByThem}</Badge>
              ) : (
                <Button
                  appearance="secondary-action-button"
                  disabled={state.sending}
                  onClick={() => say(person.id)}
                  aria-label={texts.contactWith(person.name)}
                >
                  {texts.contactMade}
                </Button>
              )}
            </Human>
          </li>
        ))}
      </ul>
    </>
  );
}
