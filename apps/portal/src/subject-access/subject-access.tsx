import {
  Api,
  Button,
  ButtonGroup,
  DataTable,
  dayText,
  Empty,
  Form,
  momentText,
  Notice,
  PageTitle,
  Paragraph,
  ProblemNotice,
  Section,
  TextField,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { subjectAccess } from './texts.js';

interface Filer {
  number: string;
  name: string;
  function: string;
  organisation: string;
  filedAt: string;
}

interface Overview {
  signals: (Filer & { removalDate: string })[];
  archived: (Filer & { endedAt: string; destroyOn: string })[];
  recipients: { organisation: string; region: string }[];
  logbook: { at: string; action: string; signal: string; organisation?: string }[];
}

/** For a process manager with a request of a youth or the legal representatives: what is kept, to hand out, and erasing it. */
export function SubjectAccess() {
  const texts = useTexts(subjectAccess);
  const [bsn, setBsn] = useState('');
  const [found, setFound] = useState<{ bsn: string; overview: Overview }>();
  const [erased, setErased] = useState(false);
  const state = useFormState();
  const show = () =>
    void state.send(async () => {
      setErased(false);
      setFound({ bsn, overview: await Api.post<Overview>('subject-access/_overview', { bsn }) });
    });
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Form state={state} onSend={show}>
        <TextField
          label={texts.bsn}
          hint={texts.hint}
          value={bsn}
          onChange={setBsn}
          inputMode="numeric"
          size="short"
          error={state.errorOf('bsn')}
        />
        <div>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.show}
          </Button>
        </div>
      </Form>
      {erased && (
        <Notice tone="ok" title={texts.erased}>
          <Paragraph>{texts.erasedHint}</Paragraph>
        </Notice>
      )}
      {found && !erased && (
        <Shown
          key={found.bsn}
          {...found}
          onErased={() => {
            setFound(undefined);
            setErased(true);
          }}
        />
      )}
    </>
  );
}

interface ShownProps {
  bsn: string;
  overview: Overview;
  onErased: () => void;
}

function Shown({ bsn, overview, onErased }: ShownProps) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  const { signals, archived, recipients, logbook } = overview;
  if (signals.length + archived.length === 0)
    return (
      <Empty title={texts.nothing}>
        <p>{texts.nothingHint}</p>
      </Empty>
    );
  const who = ({ name, function: function_, organisation }: Filer) =>
    `${name}, ${function_}, ${organisation}`;
  return (
    <>
      {signals.length > 0 && (
        <Section title={texts.signals}>
          <DataTable
            caption={texts.table(texts.signals)}
            columns={[texts.number, texts.who, texts.filed, texts.removal]}
            rows={signals.map((signal) => ({
              key: signal.number,
              cells: [
                signal.number,
                who(signal),
                momentText(signal.filedAt, language),
                dayText(signal.removalDate, language),
              ],
            }))}
          />
        </Section>
      )}
      {archived.length > 0 && (
        <Section title={texts.archived}>
          <Paragraph>{texts.archivedHint}</Paragraph>
          <DataTable
            caption={texts.table(texts.archived)}
            columns={[texts.number, texts.who, texts.ended, texts.destroyed]}
            rows={archived.map((signal) => ({
              key: signal.number,
              cells: [
                signal.number,
                who(signal),
                momentText(signal.endedAt, language),
                dayText(signal.destroyOn, language),
              ],
            }))}
          />
        </Section>
      )}
      {recipients.length > 0 && (
        <Section title={texts.recipients}>
          <Paragraph>{texts.recipientsHint}</Paragraph>
          <ul>
            {recipients.map(({ organisation, region }) => (
              <li key={`${organisation} ${region}`}>{`${organisation}, ${region}`}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={texts.logbook}>
        <DataTable
          caption={texts.table(texts.logbook)}
          columns={[texts.at, texts.what, texts.number, texts.by]}
          rows={logbook.map(({ at, action, signal, organisation }, n) => ({
            key: String(n),
            cells: [
              momentText(at, language),
              texts.actions[action] ?? action,
              signal,
              organisation ?? texts.system,
            ],
          }))}
        />
        <div className="screens-report">
          <Button appearance="secondary-action-button" onClick={() => window.print()}>
            {texts.print}
          </Button>
        </div>
      </Section>
      <Erase bsn={bsn} onErased={onErased} />
    </>
  );
}

function Erase({ bsn, onErased }: Omit<ShownProps, 'overview'>) {
  const texts = useTexts(subjectAccess);
  const [asked, setAsked] = useState(false);
  const state = useFormState();
  const erase = () =>
    void state.send(async () => {
      await Api.post('subject-access/_erase', { bsn });
      onErased();
    });
  return (
    <Section title={texts.erase}>
      <Paragraph>{texts.eraseHint}</Paragraph>
      {state.problem && <ProblemNotice problem={state.problem} onRetry={erase} />}
      <ButtonGroup className="screens-report">
        {asked ? (
          <>
            <Button appearance="primary-action-button" hint="danger" onClick={erase} disabled={state.sending}>
              {texts.eraseSure}
            </Button>
            <Button appearance="secondary-action-button" onClick={() => setAsked(false)}>
              {texts.eraseNot}
            </Button>
          </>
        ) : (
          <Button appearance="secondary-action-button" onClick={() => setAsked(true)}>
            {texts.eraseAsk}
          </Button>
        )}
      </ButtonGroup>
    </Section>
  );
}
