import {
  Api,
  Badge,
  Card,
  Link,
  LoadedList,
  Notice,
  PageTitle,
  useKept,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { MatchDetails } from './match-details.js';
import { fetchMatches, useNews } from './news.js';
import type { OwnMatch, OwnSignal } from './professional.types.js';
import { professional } from './texts.js';

/**
 * Who else is involved, per signal of one's own; what is new appears by itself.
 * @param first the number of the signal whose match was asked for, by a mail for instance
 */
export function Matches({ first }: { first?: string }) {
  const texts = useTexts(professional).matches;
  const loaded = useLoaded(fetchMatches);
  const { again } = loaded;
  // names come from the person register, which is asked once and not with every look for news
  const signals = useLoaded(() => Api.get<{ signals: OwnSignal[] }>('signals?expand=youth'));
  const [news, setNews] = useState(false);
  const [rejected] = useKept('rejected', false);
  useNews(loaded.data?.version, () => void again().then(() => setNews(true)));
  const isAbsent = loaded.data && first && !loaded.data.matches.some((match) => match.signalNumber === first);
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <div role="status">
        {news && <Notice tone="info">{texts.news}</Notice>}
        {rejected && <Notice tone="ok">{texts.rejected}</Notice>}
        {isAbsent && <Notice tone="info">{texts.noMore(first)}</Notice>}
      </div>
      <LoadedList
        state={{ ...loaded, data: loaded.data && firstOf(loaded.data.matches, first) }}
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
              <Item key={match.signalId} isFocused={match.signalNumber === first}>
                <MatchCard
                  match={match}
                  name={signals.data?.signals.find(({ id }) => id === match.signalId)?.youth?.name}
                  onChanged={() => void again()}
                />
              </Item>
            ))}
          </ul>
        )}
      </LoadedList>
    </>
  );
}

/** With the match of this signal before the others. */
const firstOf = (matches: readonly OwnMatch[], number: string | undefined): OwnMatch[] =>
  [...matches].sort((a, b) => Number(b.signalNumber === number) - Number(a.signalNumber === number));

/** One of the list; the one that was asked for has the focus. */
function Item({ isFocused, children }: { isFocused: boolean; children: ReactNode }) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isFocused) return;
    item.current?.focus();
    item.current?.scrollIntoView({ block: 'nearest' });
  }, [isFocused]);
  return (
    <li ref={item} tabIndex={isFocused ? -1 : undefined}>
      {children}
    </li>
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
      <MatchDetails match={match} onChanged={onChanged} />
    </Card>
  );
}
