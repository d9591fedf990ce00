import {
  Api,
  Badge,
  Button,
  Card,
  Heading3,
  LoadedList,
  momentText,
  PageTitle,
  ProblemNotice,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { Human, type Contact } from '../contact/index.js';
import { processManager } from './texts.js';

interface Move {
  id: string;
  kind: 'move' | 'case-forward';
  at: string;
  region?: string;
  forwardedBy?: Contact;
  signals: (Contact & { number?: string })[];
  more: number;
}

/** Youths who moved here and cases that were forwarded, until somebody here knows of them. */
export function Moves() {
  const texts = useTexts(processManager).moves;
  const moves = useLoaded(async () => (await Api.get<{ moves: Move[] }>('moves')).moves);
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <LoadedList state={moves} none={texts.none} hint={<p>{texts.noneHint}</p>}>
        {(waiting) => (
          <ul className="screens-list">
            {waiting.map((move) => (
              <li key={move.id}>
                <MoveCard move={move} onPlaced={() => void moves.again()} />
              </li>
            ))}
          </ul>
        )}
      </LoadedList>
    </>
  );
}

function MoveCard({ move, onPlaced }: { move: Move; onPlaced: () => void }) {
  const texts = useTexts(processManager).moves;
  const { language } = useLanguage();
  const state = useFormState();
  const place = () =>
    void state.send(async () => {
      await Api.post(`moves/${move.id}/_placed`);
      onPlaced();
    });
  return (
    <Card
      title={texts.at(momentText(move.at, language))}
      aside={<Badge tone="neutral">{texts.kinds[move.kind]}</Badge>}
    >
      {state.problem && <ProblemNotice problem={state.problem} onRetry={place} />}
      {move.region && <p>{texts.from(move.region)}</p>}
      {move.forwardedBy && (
        <>
          <Heading3>{texts.by}</Heading3>
          <Human contact={move.forwardedBy} />
        </>
      )}
      <Heading3>{texts.people}</Heading3>
      <ul className="screens-people">
        {move.signals.map((signal) => (
          <li key={signal.number ?? signal.email}>
            <Human contact={signal}>
              {signal.number && <p className="screens-muted">{signal.number}</p>}
            </Human>
          </li>
        ))}
      </ul>
      {move.more > 0 && <p>{texts.more(move.more)}</p>}
      <p className="screens-muted">{texts.placedHint}</p>
      <Button appearance="secondary-action-button" onClick={place} disabled={state.sending}>
        {texts.placed}
      </Button>
    </Card>
  );
}
