import {
  Api,
  Button,
  Form,
  Link,
  Loaded,
  Notice,
  PageTitle,
  SelectField,
  TextField,
  useFormState,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Appointments, UnknownLogin } from './appointments.types.js';
import { appointments as words } from './texts.js';

interface Choices {
  people: Appointments['people'];
  logins: readonly UnknownLogin[];
}

const choices = async (): Promise<Choices> => {
  const [{ people }, logins] = await Promise.all([
    Api.get<Appointments>('appointments'),
    Api.get<UnknownLogin[]>('unknown-logins'),
  ]);
  return { people, logins };
};

/** Gives somebody another login. Where their present one has worked, it is a proposal. */
export function ChangeLogin() {
  const texts = useTexts(words);
  const loaded = useLoaded(choices);
  const [professional, setProfessional] = useState('');
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<string>();
  const state = useFormState();
  const send = () =>
    void state.send(async () => {
      const { proposed } = await Api.post<{ proposed: boolean }>(
        `appointments/${professional}/_change-login`,
        { subject: chosen || typed.trim() },
      );
      setSaid(proposed ? texts.proposed : texts.loginChanged);
    });
  return (
    <>
      <PageTitle title={texts.changeLogin} lead={said ? undefined : texts.changeLoginLead} />
      {said ? (
        <Notice tone="ok">{said}</Notice>
      ) : (
        <Loaded state={loaded}>
          {({ people, logins }) => (
            <Form state={state} onSend={send}>
              <SelectField
                label={texts.person}
                value={professional}
                onChange={setProfessional}
                error={state.errorOf('professional')}
                options={[
                  { value: '', label: texts.choosePerson },
                  ...people.map(({ id, name, organisation }) => ({
                    ...{ value: id, label: `${name}, ${organisation}` },
                  })),
                ]}
              />
              {logins.length > 0 && (
                <SelectField
                  label={texts.unknownLogin}
                  value={chosen}
                  onChange={setChosen}
                  error={chosen === '' ? undefined : state.errorOf('subject')}
                  options={[
                    { value: '', label: texts.otherLogin },
                    ...logins.map(({ subject }) => ({ value: subject, label: subject })),
                  ]}
                />
              )}
              {chosen === '' && (
                <TextField
                  label={texts.subject}
                  value={typed}
                  onChange={setTyped}
                  hint={texts.otherLoginHint}
                  error={state.errorOf('subject')}
                />
              )}
              <div>
                <Button
                  type="submit"
                  appearance="primary-action-button"
                  disabled={professional === '' || state.sending}
                >
                  {texts.attach}
                </Button>
              </div>
            </Form>
          )}
        </Loaded>
      )}
      <p className="screens-after">
        <Link to="/benoemingen">{texts.back}</Link>
      </p>
    </>
  );
}
