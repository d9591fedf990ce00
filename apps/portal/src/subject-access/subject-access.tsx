import {
  Api,
  Button,
  ButtonGroup,
  DataTable,
  Empty,
  Form,
  goToStep,
  Link,
  momentText,
  Notice,
  PageTitle,
  Paragraph,
  ProblemNotice,
  Section,
  TextField,
  useFormState,
  useKept,
  useLanguage,
  useLostStep,
  useTexts,
} from '#libs/screens';
import { EraseForGood, EraseLook, type Preview } from './erase.js';
import { ArchiveTable, SignalsTable, type Kept } from './kept-tables.js';
import { subjectAccess } from './texts.js';

interface Overview extends Kept {
  recipients: { organisation: string; region: string }[];
  logbook: { at: string; action: string; signal: string; organisation?: string }[];
}

export const ACCESS_STEPS = ['overzicht', 'wissen', 'definitief', 'gewist'] as const;
const START = '/inzage';

/**
 * For a process manager with a request of a youth or the legal representatives: what is kept, to hand out, and erasing it. Each step is an
 * entry in the history; the number is in the memory of this page only.
 */
export function SubjectAccess({ step }: { step: string }) {
  const texts = useTexts(subjectAccess);
  const [bsn, setBsn] = useKept('bsn', '');
  const [found, setFound] = useKept<{ bsn: string; overview: Overview } | undefined>('found', undefined);
  const [preview, setPreview] = useKept<Preview | undefined>('preview', undefined);
  const [decidedOn, setDecidedOn] = useKept('decidedOn', '');
  const state = useFormState();
  const hasAll = found && (step === 'overzicht' || (preview && (step === 'wissen' || decidedOn !== '')));
  const isLost = useLostStep(step !== '' && step !== 'gewist' && !hasAll, START);
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
  if (step === 'wissen' && preview)
    return (
      <EraseLook
        preview={preview}
        start={START}
        onDecided={(day) => {
          setDecidedOn(() => day);
          goToStep(`${START}/definitief`);
        }}
      />
    );
  if (step === 'definitief' && found && preview && decidedOn !== '')
    return (
      <EraseForGood
        {...{ preview, decidedOn }}
        bsn={found.bsn}
        start={START}
        onErased={() => {
          setFound(() => undefined);
          setPreview(() => undefined);
          setDecidedOn(() => '');
          setBsn(() => '');
          goToStep(`${START}/gewist`, { instead: true });
        }}
      />
    );
  if (step === 'overzicht' && found)
    return (
      <Shown
        {...found}
        onPreview={(shown) => {
          setPreview(() => shown);
          setDecidedOn(() => '');
          goToStep(`${START}/wissen`);
        }}
      />
    );
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

interface ShownProps {
  bsn: string;
  overview: Overview;
  onPreview: (preview: Preview) => void;
}

function Shown({ bsn, overview, onPreview }: ShownProps) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  const { signals, archived, recipients, logbook } = overview;
  const state = useFormState();
  const look = () =>
    void state.send(async () =>
      onPreview(await Api.post<Preview>('subject-access/_preview-erasure', { bsn })),
    );
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
  return (
    <>
      <PageTitle title={texts.kept} />
      <SignalsTable title={texts.signals} signals={signals} />
      <ArchiveTable title={texts.archived} archived={archived} />
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
      {state.problem && <ProblemNotice problem={state.problem} />}
      <ButtonGroup className="screens-after">
        <Link to={START}>{texts.another}</Link>
        <Button appearance="subtle-button" onClick={look} disabled={state.sending}>
          {texts.eraseAsk}
        </Button>
      </ButtonGroup>
    </>
  );
}
