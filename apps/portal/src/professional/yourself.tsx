import { Api, Button, Heading3, ProblemNotice, useFormState, useTexts } from '#libs/screens';
import type { Yourself as YourselfElsewhere } from './professional.types.js';
import { professional } from './texts.js';

interface YourselfProps {
  yourself: readonly YourselfElsewhere[];
  onChanged: () => void;
}

/** Signals in other regions that the reader said are theirs, to take that back. */
export function Yourself({ yourself, onChanged }: YourselfProps) {
  const texts = useTexts(professional).matches;
  const state = useFormState();
  const takeBack = (id: string) =>
    void state.send(async () => {
      await Api.post(`matches/${id}/_that-is-not-me`);
      onChanged();
    });
  return (
    <>
      <Heading3>{texts.yourself}</Heading3>
      <p className="screens-muted">{texts.yourselfHint}</p>
      {state.problem && <ProblemNotice problem={state.problem} />}
      <ul className="screens-people">
        {yourself.map(({ id, function: role, organisation, region }) => (
          <li key={id} className="screens-human">
            <p className="screens-human__name">{`${role}, ${organisation}`}</p>
            <p className="screens-muted">{region}</p>
            <Button appearance="subtle-button" disabled={state.sending} onClick={() => takeBack(id)}>
              {texts.thatIsNotMe}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
