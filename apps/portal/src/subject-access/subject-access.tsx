import {
  Api,
  Button,
  ButtonGroup,
  DataTable,
  dayText,
  Empty,
  Form,
  goBack,
  goToStep,
  Link,
  momentText,
  Notice,
  PageTitle,
  Paragraph,
  Section,
  Switch,
  TextField,
  useFormState,
  useKept,
  useLanguage,
  useLostStep,
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

export const ACCESS_STEPS = ['overzicht', 'wissen', 'gewist'] as const;
const START = '/inzage';

/**
 * For a process manager with a request of a youth or the legal representatives: what is kept, to hand out, and erasing it. Each step is an
 * entry in the history; the number is in the memory of this page only.
 */
export function SubjectAccess({ step }: { step: string }) {
  const texts = useTexts(subjectAccess);
  const [bsn, setBsn] = useKept('bsn', '');
  const [found, setFound] = useKept<{ bsn: string; overview: Overview } | undefined>('found', undefined);
  const state = useFormState();
  const isLost = useLostStep(step !== '' && step !== 'gewist' && !found, START);
  const show = () =>
    void state.send(async () => {
      const overview = await Api.post<Overview>('subject-access/_overview', { bsn });
      setFound(() => ({ bsn, overview }));
      goToStep(`${START}/overzicht`);
    });
  if (step === 'gewist')
    return (
      <>
        <PageTitle title={texts.erased} />
        <Notice tone="ok">
          <Paragraph>{texts.erasedHint}</Paragraph>
        </Notice>
        <p className="screens-after">
          <Link to={START}>{texts.another}</Link>
        </p>
      </>
    );
  if (step === 'wissen' && found)
    return (
      <Erase
        bsn={found.bsn}
        onErased={() => {
          setFound(() => undefined);
          setBsn(() => '');
          goToStep(`${START}/gewist`, { instead: true });
        }}
      />
    );
  if (step === 'overzicht' && found) return <Shown overview={found.overview} />;
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {isLost && <Notice tone="info">{texts.lost}</Notice>}
      <Form state={state} onSend={show}>
        <TextField
          label={texts.bsn}
          hint={texts.hint}
          value={bsn}
          onChange={(typed) => setBsn(() => typed)}
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
    </>
  );
}

function Shown({ overview }: { overview: Overview }) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  const { signals, archived, recipients, logbook } = overview;
  if (signals.length + archived.length === 0)
    return (
      <>
        <PageTitle title={texts.kept} />
        <Empty title={texts.nothing}>
          <p>{texts.nothingHint}</p>
        </Empty>
        <p className="screens-after">
          <Link to={START}>{texts.another}</Link>
        </p>
      </>
    );
  const who = ({ name, function: function_, organisation }: Filer) =>
    `${name}, ${function_}, ${organisation}`;
  return (
    <>
      <PageTitle title={texts.kept} />
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
      <ButtonGroup className="screens-after">
        <Link to={START}>{texts.another}</Link>
        <Button appearance="subtle-button" onClick={() => goToStep(`${START}/wissen`)}>
          {texts.eraseAsk}
        </Button>
      </ButtonGroup>
    </>
  );
}

/** Asks, on a page of its own, whether the college has decided it: it is for good. */
function Erase({ bsn, onErased }: { bsn: string; onErased: () => void }) {
  const texts = useTexts(subjectAccess);
  const [isSure, setSure] = useState(false);
  const state = useFormState();
  const erase = () =>
    void state.send(async () => {
      await Api.post('subject-access/_erase', { bsn });
      onErased();
    });
  return (
    <>
      <PageTitle title={texts.erase} lead={texts.eraseHint} />
      <Form state={state} onSend={erase}>
        <Switch label={texts.decided} value={isSure} onChange={setSure} />
        <ButtonGroup>
          <Button
            type="submit"
            appearance="primary-action-button"
            hint="danger"
            disabled={!isSure || state.sending}
          >
            {texts.eraseSure}
          </Button>
          <Button appearance="secondary-action-button" onClick={goBack}>
            {texts.eraseNot}
          </Button>
        </ButtonGroup>
      </Form>
    </>
  );
}
