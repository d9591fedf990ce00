import {
  Api,
  Button,
  ButtonGroup,
  Facts,
  Form,
  goToStep,
  Link,
  Loaded,
  PageTitle,
  Paragraph,
  useFormState,
  useKept,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { fetchMatches } from './news.js';
import type { OwnMatch, OwnSignal } from './professional.types.js';
import { namedSignal } from './signal-task.js';
import { professional } from './texts.js';

/** Says, of a possible match, that it is about another youth. Asked on a page of its own, since it is for good. */
export function OtherYouth({ id }: { id: string }) {
  const texts = useTexts(professional);
  const state = useLoaded(async () => {
    const { matches } = await fetchMatches();
    const match = matches.find(({ possible, involved }) =>
      [...possible, ...involved].some((one) => one.id === id),
    );
    if (!match) return { found: undefined };
    return { found: { match, signal: await Api.get<OwnSignal>(`signals/${match.signalId}?expand=youth`) } };
  });
  return (
    <>
      <PageTitle title={texts.other.title} />
      <Loaded state={state}>
        {({ found }) =>
          found ? (
            <Ask id={id} {...found} />
          ) : (
            <>
              <Paragraph>{texts.other.noMore}</Paragraph>
              <Link to="/matches">{texts.filed.toMatches}</Link>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Ask({ id, match, signal }: { id: string; match: OwnMatch; signal: OwnSignal }) {
  const texts = useTexts(professional).other;
  const [, setRejected] = useKept('rejected', false);
  const state = useFormState();
  const reject = () =>
    void state.send(async () => {
      await Api.post(`matches/${id}/_reject`);
      setRejected(() => true);
      goToStep('/matches', { instead: true });
    });
  const involved = match.involved.find((one) => one.id === id);
  return (
    <>
      <Facts
        of={[
          [texts.yours, namedSignal(signal)],
          [texts.theirs, involved?.name ?? texts.somebody],
        ]}
      />
      <Form state={state} onSend={reject}>
        <Paragraph>{texts.forGood}</Paragraph>
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.send}
          </Button>
          <Link to="/matches">{texts.keep}</Link>
        </ButtonGroup>
      </Form>
    </>
  );
}
