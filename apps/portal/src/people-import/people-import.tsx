import {
  Api,
  Badge,
  Button,
  ButtonGroup,
  DataTable,
  FileField,
  Findings,
  Form,
  Notice,
  Section,
  TextAreaField,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { peopleImport } from './texts.js';

interface Line {
  line: number;
  outcome: 'added' | 'changed' | 'unchanged' | 'refused';
  wrong?: { name: string; reason: string }[];
}

interface Report {
  imported: boolean;
  dryRun: boolean;
  lines: Line[];
}

/** Enters people from a CSV file: first tried, with a report of every line, then all of it or nothing. */
export function PeopleImport({ onEntered }: { onEntered: () => void }) {
  const texts = useTexts(peopleImport);
  const [csv, setCsv] = useState('');
  const [report, setReport] = useState<Report>();
  const state = useFormState();
  const write = (text: string) => {
    setCsv(text);
    setReport(undefined);
  };
  const send = (dryRun: boolean) =>
    void state.send(async () => {
      const answer = await Api.post<Omit<Report, 'dryRun'>>('professionals/_import', { csv, dryRun });
      setReport({ ...answer, dryRun });
      if (answer.imported) onEntered();
    });
  const refused = report?.lines.some(({ outcome }) => outcome === 'refused') ?? false;
  return (
    <Section title={texts.title}>
      <Form state={state} onSend={() => send(true)}>
        <FileField label={texts.file} accept=".csv,text/csv" onRead={write} />
        <TextAreaField
          label={texts.text}
          hint={texts.hint}
          value={csv}
          onChange={write}
          rows={6}
          error={state.errorOf('csv')}
        />
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.check}
          </Button>
          {report?.dryRun && !refused && (
            <Button appearance="secondary-action-button" onClick={() => send(false)} disabled={state.sending}>
              {texts.enter}
            </Button>
          )}
        </ButtonGroup>
      </Form>
      {report && (
        <div className="screens-report">
          <Notice tone={refused ? 'error' : 'ok'}>
            {refused ? texts.refused : report.imported ? texts.done : texts.tried}
          </Notice>
          <DataTable
            caption={texts.title}
            columns={[texts.line, texts.outcome, texts.wrong]}
            rows={report.lines.map((line) => ({
              key: String(line.line),
              cells: [
                line.line,
                <Badge key="outcome" tone={line.outcome === 'refused' ? 'error' : 'neutral'}>
                  {texts.outcomes[line.outcome]}
                </Badge>,
                line.wrong && <Findings key="wrong" of={line.wrong} />,
              ],
            }))}
          />
        </div>
      )}
    </Section>
  );
}
