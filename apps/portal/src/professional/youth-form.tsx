import {
  Button,
  ButtonGroup,
  Choice,
  DateField,
  Form,
  isoDay,
  Notice,
  TextField,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState, type ReactNode } from 'react';
import { useSession } from '../session.js';
import type { YouthRequest } from './professional.types.js';
import { professional } from './texts.js';

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
  const searched = before && 'surname' in before ? before : undefined;
  const [byBsn, setByBsn] = useState(mayUseBsn && !searched);
  const [bsn, setBsn] = useState(before && 'bsn' in before ? before.bsn : '');
  const [birthDate, setBirthDate] = useState(before?.birthDate ?? '');
  const [surname, setSurname] = useState(searched?.surname ?? '');
  const [sex, setSex] = useState<string | undefined>(searched?.sex);
  const [postcode, setPostcode] = useState(searched && 'postcode' in searched ? searched.postcode : '');
  const [noBsn, setNoBsn] = useState(before !== undefined && 'withoutBsn' in before);
  const state = useFormState();
  const errorOf = (field: string) => state.errorOf(`youth.${field}`);
  /** Asks otherwise who it is: what was wrong with the other fields is not to the point any more. */
  const ask = (how: boolean, without: boolean) => {
    setByBsn(how);
    setNoBsn(without);
    state.forget();
  };
  const send = () =>
    void state.send(async () => {
      const day = isoDay(birthDate);
      const described = { surname: surname.trim(), birthDate: day, sex: sex ?? '' };
      if (noBsn) await onSend({ withoutBsn: true, ...described });
      else if (byBsn) await onSend({ bsn: bsn.replace(/[\s.]/g, ''), birthDate: day });
      else await onSend({ ...described, postcode: postcode.trim() });
    });
  return (
    <>
      {noBsn && <Notice tone="info">{texts.noBsnHint}</Notice>}
      <Form state={state} onSend={send}>
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
          hint={texts.birthDateHint}
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
