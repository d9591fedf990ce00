import { Api, Badge, Button, Heading3, Link, ProblemNotice, useFormState, useTexts } from '#libs/screens';
import type { PossiblePerson } from './professional.types.js';
import { professional } from './texts.js';

interface PossibleProps {
  possible: readonly PossiblePerson[];
  onChanged: () => void;
}

/** That somebody may be involved with the same youth without BSN: not who, of what kind or where, until both confirmed it. */
export function Possible({ possible, onChanged }: PossibleProps) {
  const texts = useTexts(professional).matches;
  const state = useFormState();
  const confirm = (id: string) =>
    void state.send(async () => {
      await Api.post(`matches/${id}/_confirm`);
      onChanged();
    });
  return (
    <>
      <Heading3>{texts.possible}</Heading3>
      <p className="screens-muted">{texts.possibleHint}</p>
      {state.problem && <ProblemNotice problem={state.problem} />}
      <ul className="screens-people">
        {possible.map(({ id, confirmedByYou, confirmedByThem, askedToVerify }) => (
          <li key={id} className="screens-human">
            <p className="screens-human__name">{texts.somebody}</p>
            {askedToVerify && <p className="screens-muted">{texts.verify}</p>}
            {confirmedByThem && <Badge tone="ok">{texts.confirmedByThem}</Badge>}
            {confirmedByYou ? (
              <Badge tone="ok">{texts.confirmedByYou}</Badge>
            ) : (
              <Button
                appearance="secondary-action-button"
                disabled={state.sending}
                onClick={() => confirm(id)}
              >
                {texts.confirm}
              </Button>
            )}
            <Link to={`/andere-jeugdige/${id}`} look="subtle">
              {texts.other}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
