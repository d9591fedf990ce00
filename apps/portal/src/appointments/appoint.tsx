import {
  Api,
  Button,
  Choice,
  Form,
  goToStep,
  Link,
  Loaded,
  municipalities,
  Notice,
  PageTitle,
  SelectField,
  TextField,
  useFormState,
  useKept,
  useLoaded,
  useLostStep,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { AcceptMunicipalities, warningsIn } from '../accepted/index.js';
import type { AppointedRole, Appointments } from './appointments.types.js';
import { DeputyField } from './deputy-field.js';
import { appointments as words } from './texts.js';

const NOBODY = { subject: '', name: '', function: '', phone: '', email: '', organisation: '' };
type NewPerson = typeof NOBODY;

export const APPOINT_STEPS = ['klaar'] as const;

/** Appoints somebody, known or new. Of an operator it is a proposal. */
export function Appoint({ step }: { step: string }) {
  const texts = useTexts(words);
  const loaded = useLoaded(() => Api.get<Appointments>('appointments'));
  const [role, setRole] = useState<AppointedRole>('process-manager');
  const [isNew, setNew] = useState(false);
  const [professional, setProfessional] = useState('');
  const [person, setPerson] = useState<NewPerson>(NOBODY);
  const [municipality, setMunicipality] = useState('');
  const [deputy, setDeputy] = useState('');
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const [done, setDone] = useKept<AppointedRole | undefined>('appointed', undefined);
  const state = useFormState();
  const isServing = role === 'process-manager';
  const send = () =>
    void state.send(async () => {
      await Api.post('appointments', {
        role,
        accepted,
        ...(isNew ? { person } : { professional }),
        ...(isServing && municipality ? { municipality } : {}),
        ...(isServing && deputy ? { deputy } : {}),
      });
      setDone(() => role);
      goToStep('/benoemingen/nieuw/klaar', { instead: true });
    });
  useLostStep(step !== '' && !done, '/benoemingen/nieuw');
  if (step !== '' && done)
    return (
      <>
        <PageTitle title={texts.newTitle} />
        <Notice tone="ok">{done === 'operator' ? texts.proposed : texts.appointed}</Notice>
        <p className="screens-after">
          <Link to="/benoemingen">{texts.back}</Link>
        </p>
      </>
    );
  return (
    <>
      <PageTitle title={texts.newTitle} />
      <Loaded state={loaded}>
        {(all) => (
          <Form state={state} onSend={send}>
            <Choice
              label={texts.role}
              value={role}
              onChange={setRole}
              options={(['process-manager', 'coordinator', 'operator'] as const).map((each) => ({
                ...{ value: each, label: texts.roles[each], hint: texts.hints[each] },
              }))}
              error={state.errorOf('role')}
            />
            <Choice
              label={texts.who}
              value={isNew ? 'new' : 'known'}
              onChange={(value) => setNew(value === 'new')}
              options={[
                { value: 'known', label: texts.known },
                { value: 'new', label: texts.unknown },
              ]}
            />
            {isNew ? (
              <PersonFields
                value={person}
                onChange={setPerson}
                organisations={all.organisations}
                errorOf={(field) => state.errorOf(`person.${field}`)}
              />
            ) : (
              <SelectField
                label={texts.person}
                value={professional}
                onChange={setProfessional}
                error={state.errorOf('professional')}
                options={[
                  { value: '', label: texts.choosePerson },
                  ...all.people.map(({ id, name, organisation }) => ({
                    ...{ value: id, label: `${name}, ${organisation}` },
                  })),
                ]}
              />
            )}
            {isServing && (
              <>
                <SelectField
                  label={texts.municipality}
                  value={municipality}
                  onChange={setMunicipality}
                  error={state.errorOf('municipality')}
                  options={[
                    { value: '', label: texts.chooseMunicipality },
                    ...municipalities().map((one) => ({ value: one.code, label: one.name })),
                  ]}
                />
                <DeputyField
                  value={deputy}
                  onChange={setDeputy}
                  all={all.appointments}
                  error={state.errorOf('deputy')}
                />
              </>
            )}
            <AcceptMunicipalities of={warningsIn(state.problem)} accepted={accepted} onChange={setAccepted} />
            <div>
              <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
                {role === 'operator' ? texts.propose : texts.send}
              </Button>
            </div>
          </Form>
        )}
      </Loaded>
      <p className="screens-after">
        <Link to="/benoemingen">{texts.back}</Link>
      </p>
    </>
  );
}

interface PersonFieldsProps {
  value: NewPerson;
  onChange: (person: NewPerson) => void;
  organisations: Appointments['organisations'];
  errorOf: (field: keyof NewPerson) => string | undefined;
}

function PersonFields({ value, onChange, organisations, errorOf }: PersonFieldsProps) {
  const texts = useTexts(words);
  const field = (name: keyof NewPerson) => ({
    label: texts[name],
    value: value[name],
    onChange: (text: string) => onChange({ ...value, [name]: text }),
    error: errorOf(name),
  });
  const chosen = organisations.find(({ id }) => id === value.organisation);
  const functions = (chosen?.functions ?? []).map((each) => ({ value: each, label: each }));
  return (
    <>
      <TextField {...field('name')} />
      <TextField {...field('phone')} type="tel" size="medium" />
      <TextField {...field('email')} type="email" />
      <SelectField
        {...field('organisation')}
        options={[
          { value: '', label: texts.chooseOrganisation },
          ...organisations.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <SelectField
        {...field('function')}
        options={[{ value: '', label: texts.chooseFunction }, ...functions]}
      />
      <TextField {...field('subject')} hint={texts.subjectHint} />
    </>
  );
}
