import {
  Api,
  birthDateText,
  Button,
  ButtonGroup,
  DataTable,
  DateField,
  dayText,
  Empty,
  Facts,
  Form,
  goBack,
  isoDay,
  Link,
  Notice,
  PageTitle,
  Paragraph,
  Section,
  today,
  useFormState,
  useLanguage,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { ArchiveTable, SignalsTable, type Kept } from './kept-tables.js';
import { subjectAccess } from './texts.js';

/** What an erasure takes, as the node tells it. */
export interface Preview extends Kept {
  youth?: { name: string; birthDate?: string };
  elsewhere: { number: string; organisation: string; municipality?: string }[];
  preview?: string;
}

interface Step1Props {
  preview: Preview;
  start: string;
  onDecided: (decidedOn: string) => void;
}

/** Step 1: shows the youth and what will be erased, and asks for the date of the decision. */
export function EraseLook({ preview, start, onDecided }: Step1Props) {
  const texts = useTexts(subjectAccess);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const state = useFormState();
  const onward = () => {
    const day = isoDay(typed);
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
    if (!isDay) return setError(texts.decidedOnMissing);
    if (day > today()) return setError(texts.decidedOnFuture);
    onDecided(day);
  };
  if (preview.preview === undefined)
    return (
      <>
        <PageTitle title={texts.eraseNothing} />
        <Empty title={texts.eraseNothing}>
          <p>{texts.eraseNothingHint}</p>
        </Empty>
        <Staying elsewhere={preview.elsewhere} />
        <p className="screens-after">
          <Link to={start}>{texts.another}</Link>
        </p>
      </>
    );
  return (
    <>
      <PageTitle title={texts.erase} lead={texts.eraseHint} />
      <About preview={preview} />
      <SignalsTable title={texts.ending} signals={preview.signals} />
      <ArchiveTable title={texts.destroying} archived={preview.archived} />
      <Staying elsewhere={preview.elsewhere} />
      <Section title={texts.decision}>
        <Form state={state} onSend={onward}>
          <DateField
            label={texts.decidedOn}
            hint={texts.decidedOnHint}
            value={typed}
            onChange={(text) => {
              setTyped(text);
              setError(undefined);
            }}
            error={error}
          />
          <ButtonGroup>
            <Button type="submit" appearance="primary-action-button">
              {texts.onward}
            </Button>
          </ButtonGroup>
        </Form>
      </Section>
    </>
  );
}

interface Step2Props {
  bsn: string;
  preview: Preview;
  decidedOn: string;
  start: string;
  onErased: () => void;
}

/** Step 2: erases. Its button stands elsewhere than that of step 1, so that no second click on one spot erases. */
export function EraseForGood({ bsn, preview, decidedOn, start, onErased }: Step2Props) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  const state = useFormState();
  const erase = () =>
    void state.send(async () => {
      await Api.post('subject-access/_erase', { bsn, decidedOn, preview: preview.preview });
      onErased();
    });
  return (
    <>
      <PageTitle title={texts.sure} lead={texts.sureLead} />
      <About preview={preview} />
      <Form state={state} onSend={erase}>
        <Paragraph>
          {`${texts.sureOf(preview.signals.length, preview.archived.length)} ${dayText(decidedOn, language)}.`}
        </Paragraph>
        <ButtonGroup>
          <Button appearance="secondary-action-button" onClick={goBack}>
            {texts.eraseNot}
          </Button>
          <Button type="submit" appearance="primary-action-button" hint="danger" disabled={state.sending}>
            {texts.eraseSure}
          </Button>
        </ButtonGroup>
      </Form>
      {state.problem && (
        <p className="screens-after">
          <Link to={start}>{texts.another}</Link>
        </p>
      )}
    </>
  );
}

function About({ preview: { youth } }: { preview: Preview }) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  return (
    <Section title={texts.about}>
      {youth ? (
        <Facts
          of={[
            [texts.name, youth.name || texts.unknown],
            [texts.birthDate, youth.birthDate ? birthDateText(youth.birthDate, language) : texts.unknown],
          ]}
        />
      ) : (
        <Notice tone="warning">{texts.unknownYouth}</Notice>
      )}
    </Section>
  );
}

function Staying({ elsewhere }: Pick<Preview, 'elsewhere'>) {
  const texts = useTexts(subjectAccess);
  if (elsewhere.length === 0) return null;
  return (
    <Section title={texts.staying}>
      <Paragraph>{texts.stayingHint}</Paragraph>
      <DataTable
        caption={texts.table(texts.staying)}
        columns={[texts.number, texts.by, texts.municipality]}
        rows={elsewhere.map(({ number, organisation, municipality }) => ({
          key: number,
          cells: [number, organisation, municipality ?? texts.unknown],
        }))}
      />
    </Section>
  );
}
