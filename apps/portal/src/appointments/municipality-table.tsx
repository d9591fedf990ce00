import {
  Api,
  Button,
  DateField,
  dayText,
  Facts,
  FileField,
  Form,
  isoDay,
  Loaded,
  Notice,
  Section,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { appointments } from './texts.js';

/** `GET /municipalities/table`. */
interface TableState {
  asOf: string;
  old: boolean;
  inUse: number;
  unknown: string[];
}

/** How old the table of municipalities is, and a way to load a newer one. */
export function MunicipalityTable() {
  const texts = useTexts(appointments);
  const { language } = useLanguage();
  const table = useLoaded(() => Api.get<TableState>('municipalities/table'));
  const [csv, setCsv] = useState('');
  const [published, setPublished] = useState('');
  const state = useFormState();
  const load = () =>
    void state.send(async () => {
      await Api.post('municipalities/table', { csv, asOf: isoDay(published) });
      await table.again();
    }, 'loaded');
  return (
    <Section title={texts.table}>
      <Loaded state={table}>
        {({ asOf, old, inUse, unknown }) => (
          <>
            {old && (
              <Notice tone="warning" title={texts.old}>
                <p>{texts.oldHint(dayText(asOf, language))}</p>
              </Notice>
            )}
            <Facts
              of={[
                [texts.tableOf, dayText(asOf, language)],
                [texts.inUse, inUse],
                [texts.lacking, unknown.join(', ') || texts.nothing],
              ]}
            />
          </>
        )}
      </Loaded>
      {state.outcome && <Notice tone="ok">{texts.loaded}</Notice>}
      <Form state={state} onSend={load}>
        <FileField
          label={texts.file}
          hint={texts.fileHint}
          accept=".csv,text/csv"
          onRead={setCsv}
          error={state.errorOf('csv')}
        />
        <DateField
          label={texts.published}
          hint={texts.publishedHint}
          value={published}
          onChange={setPublished}
          error={state.errorOf('asOf')}
        />
        <div>
          <Button type="submit" appearance="secondary-action-button" disabled={state.sending}>
            {texts.load}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
