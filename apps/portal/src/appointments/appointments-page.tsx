import {
  Api,
  Button,
  ButtonGroup,
  Card,
  DataTable,
  Empty,
  Link,
  Loaded,
  momentText,
  municipalityName,
  Notice,
  PageTitle,
  ProblemNotice,
  Section,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import type { AppointedRole, Appointment, Appointments, Proposal } from './appointments.types.js';
import { MunicipalityTable } from './municipality-table.js';
import { UnknownLogins } from './unknown-logins.js';
import { appointments as words } from './texts.js';

const ROLES: readonly AppointedRole[] = ['process-manager', 'coordinator', 'operator'];

/** Who is appointed, what waits for a second operator, and which municipalities nobody looks after. */
export function AppointmentsPage() {
  const texts = useTexts(words);
  const state = useLoaded(() => Api.get<Appointments>('appointments'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Loaded state={state}>
        {(all) => (
          <>
            <Warnings of={all.warnings} />
            <Proposals of={all.proposals} onDone={state.again} />
            <p>
              <Link to="/benoemingen/nieuw">{texts.appoint}</Link>
            </p>
            {ROLES.map((role) => (
              <Section key={role} title={texts.lists[role]}>
                <Appointees role={role} of={all.appointments.filter((each) => each.role === role)} />
              </Section>
            ))}
          </>
        )}
      </Loaded>
      <UnknownLogins />
      <MunicipalityTable />
    </>
  );
}

function Warnings({ of }: { of: Appointments['warnings'] }) {
  const texts = useTexts(words);
  const alone = of.filter(({ why }) => why === 'without-process-manager');
  const odd = of.flatMap(({ name, why }) =>
    why === 'without-process-manager' ? [] : [texts.whyOdd[why](name)],
  );
  return (
    <>
      {alone.length > 0 && (
        <Notice tone="warning" title={texts.alone}>
          <p>{alone.map(({ name }) => name).join(', ')}</p>
          <p>{texts.aloneHint}</p>
        </Notice>
      )}
      {odd.length > 0 && (
        <Notice tone="warning" title={texts.odd}>
          <p>{odd.join('; ')}</p>
        </Notice>
      )}
    </>
  );
}

function Proposals({ of, onDone }: { of: readonly Proposal[]; onDone: () => Promise<void> }) {
  const texts = useTexts(words);
  const { language } = useLanguage();
  const state = useFormState();
  const send = (id: string, what: '_confirm' | '_withdraw', said: string) =>
    void state.send(async () => {
      await Api.post(`operator-proposals/${id}/${what}`);
      await onDone();
    }, said);
  return (
    <>
      {state.problem && <ProblemNotice problem={state.problem} />}
      {state.outcome && <Notice tone="ok">{state.outcome}</Notice>}
      {of.length > 0 && (
        <Section title={texts.waiting}>
          {of.map(({ id, kind, subject, person, proposedBy, proposedAt, mayConfirm, onMachine }) => (
            <Card key={id} title={texts.proposal(proposedBy.name, kind, person.name)}>
              <p className="screens-muted">
                {person.organisation}. {texts.since(momentText(proposedAt, language))}
              </p>
              {subject !== undefined && (
                <p>
                  {texts.newLogin} <code className="screens-identifier">{subject}</code>
                </p>
              )}
              {onMachine && (
                <p>
                  {texts.onMachine} <code>npm run operator -- appointments confirm {id}</code>
                </p>
              )}
              <ButtonGroup>
                {mayConfirm && (
                  <Button
                    appearance="primary-action-button"
                    onClick={() => send(id, '_confirm', texts.confirmed)}
                    disabled={state.sending}
                  >
                    {texts.confirm}
                  </Button>
                )}
                <Button
                  appearance="secondary-action-button"
                  onClick={() => send(id, '_withdraw', texts.withdrawn)}
                  disabled={state.sending}
                >
                  {texts.withdraw}
                </Button>
              </ButtonGroup>
            </Card>
          ))}
        </Section>
      )}
    </>
  );
}

function Appointees({ role, of }: { role: AppointedRole; of: readonly Appointment[] }) {
  const texts = useTexts(words);
  const isServing = role === 'process-manager';
  if (of.length === 0) return <Empty title={texts.none} />;
  return (
    <DataTable
      caption={texts.lists[role]}
      columns={[
        texts.name,
        texts.organisation,
        ...(isServing ? [texts.municipality, texts.deputy] : []),
        texts.action,
      ]}
      rows={of.map((one) => ({
        key: one.id,
        cells: [
          one.name,
          one.organisation,
          ...(isServing ? [servedText(one, texts), one.deputy?.name ?? texts.noDeputy] : []),
          <Link
            key="change"
            to={`/benoemingen/${one.id}`}
            aria-label={texts.changeOne(one.name, texts.roles[role])}
          >
            {texts.change}
          </Link>,
        ],
      }))}
    />
  );
}

function servedText({ municipality, presentMunicipality }: Appointment, texts: (typeof words)['nl']): string {
  if (municipality === undefined) return texts.wholeRegion;
  return presentMunicipality === undefined
    ? municipalityName(municipality)
    : texts.formerly(municipalityName(presentMunicipality), municipalityName(municipality));
}
