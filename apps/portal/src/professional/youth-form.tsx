import {
  Button,
  ButtonGroup,
  Choice,
  DateField,
  Form,
  isoBirthDate,
  Notice,
  Paragraph,
  problemOf,
  TextField,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState, type ReactNode } from 'react';
import { useSession } from '../session.js';
import type { SearchedYouth, YouthRequest } from './professional.types.js';
import { professional } from './texts.js';

/** What the form asks for when the rest does not tell whom it is about. */
type Datum = 'givenName' | 'postcode' | 'houseNumber';
const DATA: readonly Datum[] = ['givenName', 'postcode', 'houseNumber'];

/** The one more datum that an answer asks for; undefined when it says something else. */
function askedBy(error: unknown): Datum | undefined {
  const { code, invalidParams = [] } = problemOf(error);
  if (code !== 'one-more-datum') return undefined;
  return DATA.find((datum) => invalidParams.some(({ name }) => name === `youth.${datum}`));
}

const searchedBefore = (before: YouthRequest | undefined): SearchedYouth | undefined =>
  before && 'surname' in before && !('withoutBsn' in before) ? before : undefined;

interface YouthFormProps {
  /** What was typed before, when somebody comes back. */
  before?: YouthRequest | undefined;
  /** Whether it may be a youth who has no BSN. */
  mayLackBsn?: boolean;
  onSend: (youth: YouthRequest) => Promise<void>;
  /** What stands beside the buttons. */
  children?: ReactNode;
}

/** Asks who the youth is: by BSN where a law allows that, else by what everybody may know. */
export function YouthForm({ before, mayLackBsn = false, onSend, children }: YouthFormProps) {
  const texts = useTexts(professional).who;
  const { mayUseBsn } = useSession().me.organisation;
  const described = before && 'surname' in before ? before : undefined;
  const searched = searchedBefore(before);
  const [byBsn, setByBsn] = useState(mayUseBsn && !described);
  const [bsn, setBsn] = useState(before && 'bsn' in before ? before.bsn : '');
  const [birthDate, setBirthDate] = useState(before?.birthDate ?? '');
  const [surname, setSurname] = useState(described?.surname ?? '');
  const [sex, setSex] = useState<string | undefined>(described?.sex);
  const [postcode, setPostcode] = useState(searched?.postcode ?? '');
  const [givenName, setGivenName] = useState(searched?.givenName ?? '');
  const [houseNumber, setHouseNumber] = useState(searched?.houseNumber ?? '');
  const [asked, setAsked] = useState<Datum>();
  /** Fields that were asked for once stay. */
  const [shown, setShown] = useState(DATA.filter((datum) => searched?.[datum] !== undefined));
  const [noBsn, setNoBsn] = useState(before !== undefined && 'withoutBsn' in before);
  const state = useFormState();
  const errorOf = (field: string) => state.errorOf(`youth.${field}`);
  /** Asks otherwise who it is: what was wrong with the other fields is not to the point any more. */
  const ask = (how: boolean, without: boolean) => {
    setByBsn(how);
    setNoBsn(without);
    setAsked(undefined);
    state.forget();
  };
  const shows = (datum: Datum) => !byBsn && !noBsn && shown.includes(datum);
  const youth = (): YouthRequest => {
    const day = isoBirthDate(birthDate);
    const described = { surname: surname.trim(), birthDate: day, sex: sex ?? '' };
    if (noBsn) return { withoutBsn: true, ...described };
    if (byBsn) return { bsn: bsn.replace(/[\s.]/g, ''), birthDate: day };
    return {
      ...described,
      ...filledIn('givenName', givenName),
      ...filledIn('postcode', postcode),
      ...filledIn('houseNumber', houseNumber),
    };
  };
  const send = () =>
    void state.send(async () => {
      try {
        await onSend(youth());
      } catch (error) {
        const datum = askedBy(error);
        setAsked(datum);
        if (datum === undefined) throw error;
        setShown((already) => [...already, datum]);
      }
    });
  return (
    <>
      {noBsn && <Notice tone="info">{texts.noBsnHint}</Notice>}
      <Form state={state} onSend={send}>
        {asked && (
          <Notice tone="info" title={texts.oneMore.title}>
            <Paragraph>{texts.oneMore[asked]}</Paragraph>
          </Notice>
        )}
        {byBsn && !noBsn ? (
          <TextField
            key="bsn"
            label={texts.bsn}
            hint={texts.bsnHint}
            value={bsn}
            onChange={setBsn}
            inputMode="numeric"
            size="short"
            error={errorOf('bsn')}
            first
          />
        ) : (
          <TextField
            key="surname"
            label={texts.surname}
            hint={texts.surnameHint}
            value={surname}
            onChange={setSurname}
            size="medium"
            error={errorOf('surname')}
            first
          />
        )}
        <DateField
          label={texts.birthDate}
          hint={noBsn ? texts.birthDateHint : texts.birthDatePartHint}
          value={birthDate}
          onChange={setBirthDate}
          error={errorOf('birthDate')}
        />
        {(!byBsn || noBsn) && (
          <>
            <Choice
              label={texts.sex}
              value={sex}
              onChange={setSex}
              error={errorOf('sex')}
              options={[
                { value: 'V', label: texts.sexes.V },
                { value: 'M', label: texts.sexes.M },
                ...(noBsn ? [] : [{ value: 'O', label: texts.sexes.O }]),
              ]}
            />
            {!noBsn && (
              <TextField
                label={texts.postcode}
                hint={texts.postcodeHint}
                value={postcode}
                onChange={setPostcode}
                size="short"
                error={errorOf('postcode')}
                first={asked === 'postcode'}
                required={false}
              />
            )}
            {shows('houseNumber') && (
              <TextField
                label={texts.houseNumber}
                value={houseNumber}
                onChange={setHouseNumber}
                size="short"
                error={errorOf('houseNumber')}
                first={asked === 'houseNumber'}
                required={false}
              />
            )}
            {shows('givenName') && (
              <TextField
                label={texts.givenName}
                hint={texts.givenNameHint}
                value={givenName}
                onChange={setGivenName}
                size="medium"
                error={errorOf('givenName')}
                first={asked === 'givenName'}
                required={false}
              />
            )}
          </>
        )}
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.send}
          </Button>
          {mayUseBsn && !noBsn && (
            <Button appearance="subtle-button" onClick={() => ask(!byBsn, false)}>
              {byBsn ? texts.withoutBsn : texts.withBsn}
            </Button>
          )}
          {mayLackBsn && (
            <Button appearance="subtle-button" onClick={() => ask(byBsn, !noBsn)}>
              {noBsn ? texts.hasBsn : texts.noBsn}
            </Button>
          )}
          {children}
        </ButtonGroup>
      </Form>
    </>
  );
}

const filledIn = (datum: Datum, typed: string): Partial<SearchedYouth> =>
  typed.trim() === '' ? {} : { [datum]: typed.trim() };
