import {
  Api,
  Badge,
  Button,
  ButtonGroup,
  DataTable,
  Facts,
  Findings,
  Form,
  Notice,
  Paragraph,
  Section,
  TextAreaField,
  UploadField,
  useFormState,
  useReasons,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { useSession } from '../session.js';
import { peopleImport } from './texts.js';

interface Line {
  line: number;
  name?: string;
  outcome: 'added' | 'changed' | 'unchanged' | 'refused';
  wrong?: { name: string; reason: string }[];
}

interface Report {
  imported: boolean;
  lines: Line[];
  /** What was sent: what is entered is what was checked, also when the file changed since. */
  sent: Blob;
}

/** An empty file with the columns, in `public`. */
const TEMPLATE = '/medewerkers.csv';
const MOST_ROWS = 100;

/** Enters people from a CSV file: first tried, with a report of every line, then all of it or nothing. */
export function PeopleImport({ onEntered }: { onEntered: () => void }) {
  const texts = useTexts(peopleImport);
  const inLanguage = useReasons();
  const { me } = useSession();
  const [file, setFile] = useState<File>();
  const [text, setText] = useState('');
  const [emptied, setEmptied] = useState(0);
  const [isGone, setIsGone] = useState(false);
  const [isOfFile, setIsOfFile] = useState(false);
  const [report, setReport] = useState<Report>();
  const state = useFormState();

  const write = (written: string) => {
    setText(written);
    setReport(undefined);
    setIsGone(false);
    if (file) empty();
  };
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    if (!chosen) return;
    setText('');
    setReport(undefined);
    setIsGone(false);
  };
  const empty = () => {
    setFile(undefined);
    setEmptied(emptied + 1);
  };
  const send = (sent: Blob, dryRun: boolean) =>
    state.send(async () => {
      setReport(undefined);
      const answer = await Api.post<Omit<Report, 'sent'>>(`professionals/_import?dryRun=${dryRun}`, sent);
      setReport({ ...answer, sent });
      if (!answer.imported) return;
      setText('');
      empty();
      onEntered();
    });
  const check = async () => {
    // a browser does not read a file that changed since it was chosen
    const content = file ? await file.arrayBuffer().catch(() => undefined) : text;
    setIsGone(content === undefined);
    setIsOfFile(file !== undefined);
    if (content === undefined) empty();
    else await send(new Blob([content], { type: 'text/csv' }), true);
  };

  const reasons = state.problem?.invalidParams?.filter(({ name }) => name === 'csv') ?? [];
  const error = reasons.map(({ reason }) => inLanguage(reason)).join(' ') || undefined;
  const isRight = report?.lines.every(({ outcome }) => outcome !== 'refused') ?? false;
  return (
    <Section title={texts.title}>
      <Paragraph>{texts.lead}</Paragraph>
      <Paragraph>
        <a className="utrecht-link utrecht-link--html-a" href={TEMPLATE} download>
          {texts.template}
        </a>
      </Paragraph>
      <details className="screens-details">
        <summary>{texts.columns}</summary>
        <Facts of={texts.columnHelp(me.organisation.name)} />
      </details>
      <Form state={state} onSend={() => void check()}>
        <UploadField
          key={emptied}
          label={texts.file}
          hint={texts.hint}
          accept=".csv,text/csv"
          onChoose={choose}
          error={isGone ? texts.gone : isOfFile ? error : undefined}
        />
        <TextAreaField
          label={texts.text}
          value={text}
          onChange={write}
          rows={6}
          error={isOfFile ? undefined : error}
        />
        {state.sending && <p className="screens-loading">{texts.busy}</p>}
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.check}
          </Button>
          {report && isRight && !report.imported && (
            <Button
              appearance="secondary-action-button"
              onClick={() => void send(report.sent, false)}
              disabled={state.sending}
            >
              {texts.enter}
            </Button>
          )}
        </ButtonGroup>
      </Form>
      {report && <ReportOf report={report} />}
    </Section>
  );
}

/** Lists what is wrong, by line, or what was done for each person. */
function ReportOf({ report: { imported, lines } }: { report: Report }) {
  const texts = useTexts(peopleImport);
  const count = (outcome: Line['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const refused = lines.filter(({ outcome }) => outcome === 'refused');
  const rows = refused.length > 0 ? refused : lines.filter(({ outcome }) => outcome !== 'unchanged');
  const counts = texts.counts(count('added'), count('changed'), count('unchanged'));
  return (
    <div className="screens-report">
      {refused.length > 0 ? (
        <Notice tone="error" title={texts.refused(refused.length)}>
          <p>{texts.refusedHint}</p>
        </Notice>
      ) : (
        <Notice tone="ok" title={imported ? texts.done : texts.tried}>
          <p>{counts}</p>
          {!imported && <p>{texts.triedHint}</p>}
        </Notice>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={texts.title}
          columns={[texts.line, texts.name, refused.length > 0 ? texts.wrong : texts.outcome]}
          rows={rows.slice(0, MOST_ROWS).map(({ line, name, outcome, wrong = [] }) => ({
            key: String(line),
            cells: [
              texts.lineOf(line),
              name,
              outcome === 'refused' ? (
                <Findings
                  key="wrong"
                  of={wrong.map((each) => ({ ...each, name: texts.fields[each.name] ?? each.name }))}
                />
              ) : (
                <Badge key="outcome" tone="neutral">
                  {texts.outcomes[outcome]}
                </Badge>
              ),
            ],
          }))}
        />
      )}
      {rows.length > MOST_ROWS && <Paragraph>{texts.more(MOST_ROWS, rows.length)}</Paragraph>}
    </div>
  );
}
