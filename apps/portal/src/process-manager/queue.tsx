import {
  Api,
  Badge,
  Card,
  dayText,
  Heading3,
  LoadedList,
  momentText,
  municipalityName,
  PageTitle,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { Human, Lead, type Contact, type LeadShown } from '../contact/index.js';
import { Forward } from './forward.js';
import { processManager } from './texts.js';

type Stage = 'escalated' | 'stalled' | 'waiting' | 'in-contact';

interface QueuedMatch {
  id: string;
  since: string;
  matchregisseur: LeadShown | null;
  stage: Stage;
  stalledAfter: string;
  escalatedAfter: string;
  forwardedTo: string[];
  involved: (Contact & {
    kind: 'same-youth' | 'sibling' | 'possibly-same-youth';
    standsInFor?: string;
    region: string;
  })[];
  /** How many others may be involved with the same youth without BSN, and did not confirm it yet. */
  possible: number;
  /** In other regions, and a filer here says that it is themselves. */
  samePerson: (Contact & { saidBy: string; region: string })[];
}

const TONES = { escalated: 'error', stalled: 'warning', waiting: 'neutral', 'in-contact': 'ok' } as const;

/** The matches that a process manager follows up, those that stall first. */
export function Queue() {
  const texts = useTexts(processManager).queue;
  const queue = useLoaded(() => Api.get<QueuedMatch[]>('match-queue'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <LoadedList state={queue} none={texts.none} hint={<p>{texts.noneHint}</p>}>
        {(matches) => (
          <ul className="screens-list">
            {matches.map((match) => (
              <li key={match.id}>
                <QueueCard match={match} onChanged={() => void queue.again()} />
              </li>
            ))}
          </ul>
        )}
      </LoadedList>
    </>
  );
}

function QueueCard({ match, onChanged }: { match: QueuedMatch; onChanged: () => void }) {
  const texts = useTexts(processManager).queue;
  const { language } = useLanguage();
  const calls = match.stage === 'escalated' || match.stage === 'stalled';
  // one side alone has nobody to lead: the other did not confirm that it is the same youth, or is the same person
  const isKnown = match.involved.length > 1;
  const since = momentText(match.since, language);
  return (
    <Card
      title={isKnown || match.possible === 0 ? texts.match(since) : texts.possibleMatch(since)}
      aside={<Badge tone={TONES[match.stage]}>{texts.stages[match.stage]}</Badge>}
      className={calls ? 'screens-card--calls' : ''}
    >
      {match.stage !== 'in-contact' && (
        <p className="screens-muted">
          {texts.terms(dayText(match.stalledAfter, language), dayText(match.escalatedAfter, language))}
        </p>
      )}
      {isKnown && (
        <>
          <Heading3>{texts.matchregisseur}</Heading3>
          <Lead lead={match.matchregisseur} />
        </>
      )}
      <Heading3>{texts.involved}</Heading3>
      <ul className="screens-people">
        {match.involved.map((person) => (
          <li key={`${person.email} ${person.kind}`}>
            <Human contact={person}>
              <p className="screens-muted">{person.region}</p>
              {person.kind !== 'same-youth' && <p className="screens-muted">{texts.kinds[person.kind]}</p>}
              {person.standsInFor && <p className="screens-muted">{texts.standsIn(person.standsInFor)}</p>}
            </Human>
          </li>
        ))}
      </ul>
      {match.samePerson.length > 0 && (
        <>
          <Heading3>{texts.samePerson}</Heading3>
          <p className="screens-muted">{texts.samePersonHint}</p>
          <ul className="screens-people">
            {match.samePerson.map((person) => (
              <li key={`${person.email} ${person.saidBy}`}>
                <Human contact={person}>
                  <p className="screens-muted">{person.region}</p>
                  <p className="screens-muted">{texts.saidBy(person.saidBy)}</p>
                </Human>
              </li>
            ))}
          </ul>
        </>
      )}
      {match.possible > 0 && (
        <>
          <Heading3>{texts.possible(match.possible)}</Heading3>
          <p className="screens-muted">{texts.possibleHint}</p>
        </>
      )}
      {match.forwardedTo.length > 0 && (
        <p className="screens-muted">{texts.forwarded(match.forwardedTo.map(municipalityName).join(', '))}</p>
      )}
      <Forward id={match.id} onForwarded={onChanged} />
    </Card>
  );
}
