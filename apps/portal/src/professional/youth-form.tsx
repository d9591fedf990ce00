import {
  Button,
  ButtonGroup,
  Choice,
  DateField,
  Form,
  Notice,
  Paragraph,
  problemOf,
  TextField,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState, type ReactNode } from 'react';
import { useSession } from '../session.js';
import type { YouthRequest } from './professional.types.js';
import { professional } from './texts.js';
import { DATA, youthRequest, type Datum, type TypedYouth } from './typed-youth.js';

/** The one more datum that an answer asks for; undefined when it says something else. */
function askedBy(error: unknown): Datum | undefined {
  const { code, invalidParams = [] } = problemOf(error);
  if (code !== 'one-more-datum') return undefined;
  return DATA.find((datum) => invalidParams.some(({ name }) => name === `youth.${datum}`));
}

interface YouthFormProps {
  typed: TypedYouth;
  onType: (changed: Partial<TypedYouth>) => void;
  /** Whether it may be a youth who has no BSN. */
  mayLackBsn?: boolean;
  onSend: (youth: YouthRequest) => Promise<void>;
  /** What stands beside the buttons. */
  children?: ReactNode;
}

/** Asks who the youth is: by BSN where a law allows that, else by what everybody may know. */
export function YouthForm({ typed, onType, mayLackBsn = false, onSend, children }: YouthFormProps) {
  const texts = useTexts(professional).who;
  const { mayUseBsn } = useSession().me.organisation;
  const [asked, setAsked] = useState<Datum>();
  const state = useFormState();
  const errorOf = (field: string) => state.errorOf(`youth.${field}`);
  const write = (field: 'bsn' | 'birthDate' | 'surname' | 'sex' | Datum) => (value: string) =>
    onType({ [field]: value });
  /** Asks otherwise who it is: what was wrong with the other fields is not to the point any more. */
  const ask = (how: TypedYouth['how']) => {
    onType({ how });
    setAsked(undefined);
    state.forget();
  };
  const byBsn = typed.how === 'bsn';
  const noBsn = typed.how === 'without-bsn';
  const shows = (datum: Datum) => typed.how === 'search' && typed.asked.includes(datum);
  const send = () =>
    void state.send(async () => {
      try {
        await onSend(youthRequest(typed));
      } catch (error) {
        const datum = askedBy(error);
        setAsked(datum);
        if (datum === undefined) throw error;
        onType({ asked: [...typed.asked, datum] });
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
        {byBsn ? (
          <TextField
            key="bsn"
            label={texts.bsn}
            hint={texts.bsnHint}
            value={typed.bsn}
            onChange={write('bsn')}
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
            value={typed.surname}
            onChange={write('surname')}
            size="medium"
            error={errorOf('surname')}
            first
          />
        )}
        <DateField
          label={texts.birthDate}
          hint={noBsn ? texts.birthDateHint : texts.birthDatePartHint}
          value={typed.birthDate}
          onChange={write('birthDate')}
          error={errorOf('birthDate')}
        />
        {!byBsn && (
          <>
            <Choice
              label={texts.sex}
              value={typed.sex}
              onChange={write('sex')}
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
                value={typed.postcode}
                onChange={write('postcode')}
                size="short"
                error={errorOf('postcode')}
                first={asked === 'postcode'}
                required={false}
              />
            )}
            {shows('houseNumber') && (
              <TextField
                label={texts.houseNumber}
                value={typed.houseNumber}
                onChange={write('houseNumber')}
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
                value={typed.givenName}
                onChange={write('givenName')}
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
            <Button appearance="subtle-button" onClick={() => ask(byBsn ? 'search' : 'bsn')}>
              {byBsn ? texts.withoutBsn : texts.withBsn}
            </Button>
          )}
          {mayLackBsn && (
            <Button
              appearance="subtle-button"
              onClick={() => ask(noBsn ? (mayUseBsn ? 'bsn' : 'search') : 'without-bsn')}
            >
              {noBsn ? texts.hasBsn : texts.noBsn}
            </Button>
          )}
          {children}
        </ButtonGroup>
      </Form>
    </>
  );
}
