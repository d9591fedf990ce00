import {
  Api,
  Button,
  ButtonGroup,
  Card,
  momentText,
  Notice,
  ProblemNotice,
  Section,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { personProposals, type Kind } from './texts.js';

interface Named {
  id: string;
  name: string;
}

/** An item of `GET /person-proposals`. */
interface Proposal {
  id: string;
  kind: Kind;
  person: Named;
  organisation: string;
  colleague?: Named;
  proposedBy: Named;
  proposedAt: string;
  mayConfirm: boolean;
  onMachine: boolean;
}

/** What nobody decides alone about people: of one's organisation, or of all for the operator. Nothing when nothing waits. */
export function PersonProposals({ onDone }: { onDone?: () => void }) {
  const texts = useTexts(personProposals);
  const loaded = useLoaded(
    async () => (await Api.get<{ proposals: Proposal[] }>('person-proposals')).proposals,
  );
  const state = useFormState();
  const send = (id: string, what: '_confirm' | '_withdraw', said: string) =>
    void state.send(async () => {
      await Api.post(`person-proposals/${id}/${what}`);
      await loaded.again();
      onDone?.();
    }, said);
  const proposals = loaded.data ?? [];
  return (
    <>
      {state.problem && <ProblemNotice problem={state.problem} />}
      {state.outcome && <Notice tone="ok">{state.outcome}</Notice>}
      {proposals.length > 0 && (
        <Section title={texts.title}>
          <ul className="screens-list">
            {proposals.map((proposal) => (
              <li key={proposal.id}>
                <ProposalCard proposal={proposal} sending={state.sending} onSend={send} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

interface ProposalCardProps {
  proposal: Proposal;
  sending: boolean;
  onSend: (id: string, what: '_confirm' | '_withdraw', said: string) => void;
}

function ProposalCard({ proposal, sending, onSend }: ProposalCardProps) {
  const texts = useTexts(personProposals);
  const { language } = useLanguage();
  const { id, kind, person, colleague, organisation, proposedBy, proposedAt } = proposal;
  const title = texts.proposal(kind, person.name, colleague?.name ?? '');
  return (
    <Card title={title}>
      <p className="screens-muted">
        {organisation}. {texts.since(proposedBy.name, momentText(proposedAt, language))}
      </p>
      <p>{proposal.mayConfirm ? texts.consequence[kind] : texts.wait[kind]}</p>
      {proposal.onMachine && (
        <p>
          {texts.onMachine} <code>npm run operator -- people confirm {id}</code>
        </p>
      )}
      <ButtonGroup>
        {proposal.mayConfirm && (
          <Button
            appearance="primary-action-button"
            onClick={() => onSend(id, '_confirm', texts.confirmed)}
            disabled={sending}
            aria-label={texts.confirmOne(title)}
          >
            {texts.confirm}
          </Button>
        )}
        <Button
          appearance="secondary-action-button"
          onClick={() => onSend(id, '_withdraw', texts.withdrawn)}
          disabled={sending}
          aria-label={texts.withdrawOne(title)}
        >
          {texts.withdraw}
        </Button>
      </ButtonGroup>
    </Card>
  );
}
