import {
  Api,
  Badge,
  Card,
  dayText,
  Empty,
  Heading3,
  Loaded,
  momentText,
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
  involved: (Contact & { kind: 'same-youth' | 'sibling'; standsInFor?: string; region: string })[];
}

const TONES = { escalated: 'error', stalled: 'warning', waiting: 'neutral', 'in-contact': 'ok' } as const;

/** The matches that a process manager follows up, those that stall first. */
export function Queue() {
  const texts = useTexts(processManager).queue;
  const queue = useLoaded(() => Api.get<QueuedMatch[]>('match-queue'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Loaded state={queue}>
        {(matches) =>
          matches.length === 0 ? (
            <Empty title={texts.none}>
              <p>{texts.noneHint}</p>
            </Empty>
          ) : (
            <ul className="screens-list">
              {matches.map((match) => (
                <li key={match.id}>
                  <QueueCard match={match} onChanged={() => void queue.again()} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function QueueCard({ match, onChanged }: { match: QueuedMatch; onChanged: () => void }) {
  const texts = useTexts(processManager).queue;
  const { language } = useLanguage();
  const calls = match.stage === 'escalated' || match.stage === 'stalled';
  return (
    <Card
      title={texts.match(momentText(match.since, language))}
      aside={<Badge tone={TONES[match.stage]}>{texts.stages[match.stage]}</Badge>}
      className={calls ? 'screens-card--calls' : ''}
    >
      {match.stage !== 'in-contact' && (
        <p className="screens-muted">
          {texts.terms(dayText(match.stalledAfter, language), dayText(match.escalatedAfter, language))}
        </p>
      )}
      <Heading3>{texts.matchregisseur}</Heading3>
      <Lead lead={match.matchregisseur} />
      <Heading3>{texts.involved}</Heading3>
      <ul className="screens-people">
        {match.involved.map((person) => (
          <li key={`${person.email} ${person.kind}`}>
            <Human contact={person}>
              <p className="screens-muted">{person.region}</p>
              {person.kind === 'sibling' && <p className="screens-muted">{texts.sibling}</p>}
              {person.standsInFor && <p className="screens-muted">{texts.standsIn(person.standsInFor)}</p>}
            </Human>
          </li>
        ))}
      </ul>
      {match.forwardedTo.length > 0 && (
        <p className="screens-muted">{texts.forwarded(match.forwardedTo.join(', '))}</p>
      )}
      <Forward id={match.id} onForwarded={onChanged} />
    </Card>
  );
}
