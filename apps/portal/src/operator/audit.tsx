import {
  Api,
  Button,
  DataTable,
  Empty,
  Form,
  Loaded,
  momentText,
  PageTitle,
  TextField,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { operator } from './texts.js';

interface Line {
  id: string;
  at: string;
  actor: string;
  action: string;
  fields: Record<string, unknown>;
}

interface AuditPage {
  lines: Line[];
  people: { id: string; name: string }[];
  next?: string;
}

const pageOf = (signal: string, before?: string): Promise<AuditPage> => {
  const query = new URLSearchParams({ limit: '50' });
  if (signal) query.set('signal', signal);
  if (before) query.set('before', before);
  return Api.get<AuditPage>(`audit?${query.toString()}`);
};

/** The logbook, the newest line first, or all about one signal. */
export function Audit() {
  const texts = useTexts(operator).audit;
  const [signal, setSignal] = useState('');
  const [found, setFound] = useState<AuditPage>();
  const first = useLoaded(() => pageOf(''));
  const state = useFormState();
  const search = () => void state.send(async () => setFound(await pageOf(signal.trim().toUpperCase())));
  const more = (page: AuditPage) =>
    void state.send(async () => {
      const next = await pageOf(signal.trim().toUpperCase(), page.next);
      setFound({
        ...next,
        lines: [...page.lines, ...next.lines],
        people: [...page.people, ...next.people],
      });
    });
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Form state={state} onSend={search}>
        <TextField
          label={texts.signal}
          hint={texts.signalHint}
          value={signal}
          onChange={setSignal}
          size="medium"
          required={false}
          error={state.errorOf('signal')}
        />
        <div>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.search}
          </Button>
        </div>
      </Form>
      <div className="screens-report">
        <Loaded state={first}>
          {(page) => {
            const shown = found ?? page;
            return shown.lines.length === 0 ? (
              <Empty title={texts.none} />
            ) : (
              <>
                <Lines page={shown} />
                {shown.next && (
                  <p className="screens-after">
                    <Button appearance="secondary-action-button" onClick={() => more(shown)}>
                      {texts.more}
                    </Button>
                  </p>
                )}
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function Lines({ page: { lines, people } }: { page: AuditPage }) {
  const texts = useTexts(operator).audit;
  const { language } = useLanguage();
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const said = (words: Record<string, string>, word: string) => words[word] ?? word;
  const programs: Record<string, string> = { system: texts.system, machine: texts.machine };
  const whoDid = (actor: string) => programs[actor] ?? names.get(actor) ?? texts.gone;
  const shown = (value: unknown): string =>
    Array.isArray(value)
      ? value.map(shown).join(', ')
      : (names.get(String(value)) ?? said(texts.values, String(value)));
  return (
    <DataTable
      caption={texts.title}
      columns={[texts.at, texts.action, texts.actor, texts.fields]}
      rows={lines.map(({ id, at, action, actor, fields }) => ({
        key: id,
        cells: [
          momentText(at, language),
          said(texts.actions, action),
          whoDid(actor),
          Object.entries(fields)
            .map(([name, value]) => `${said(texts.fieldNames, name)}: ${shown(value)}`)
            .join('; '),
        ],
      }))}
    />
  );
}
