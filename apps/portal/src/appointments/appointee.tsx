import {
  Api,
  Button,
  Form,
  Link,
  Loaded,
  municipalities,
  municipalityName,
  Notice,
  PageTitle,
  Section,
  SelectField,
  Switch,
  useFormState,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { AcceptMunicipalities, warningsIn } from '../accepted/index.js';
import type { Appointment, Appointments } from './appointments.types.js';
import { DeputyField } from './deputy-field.js';
import { appointments as words } from './texts.js';

/** The roles of somebody: what a process manager serves, and a way to end each role. */
export function Appointee({ id }: { id: string }) {
  const texts = useTexts(words);
  const loaded = useLoaded(() => Api.get<Appointments>('appointments'));
  const [said, setSaid] = useState<string>();
  const done = (text: string) => {
    setSaid(text);
    void loaded.again();
  };
  return (
    <Loaded state={loaded}>
      {({ appointments }) => {
        const theirs = appointments.filter((each) => each.id === id);
        const [person] = theirs;
        return (
          <>
            <PageTitle title={person?.name ?? texts.gone} lead={person?.organisation} />
            {said && <Notice tone="ok">{said}</Notice>}
            {theirs.map((one) => (
              <div key={one.role}>
                {one.role === 'process-manager' && (
                  <ProcessManager
                    key={JSON.stringify(one)}
                    one={one}
                    all={appointments}
                    onSend={() => setSaid(undefined)}
                    onDone={() => done(texts.saved)}
                  />
                )}
                <EndRole one={one} onSend={() => setSaid(undefined)} onDone={done} />
              </div>
            ))}
            <p className="screens-after">
              <Link to="/benoemingen">{texts.back}</Link>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

function ProcessManager({
  one,
  all,
  onSend,
  onDone,
}: {
  one: Appointment;
  all: readonly Appointment[];
  onSend: () => void;
  onDone: () => void;
}) {
  const texts = useTexts(words);
  const present = one.presentMunicipality ?? one.municipality ?? '';
  const [municipality, setMunicipality] = useState(present);
  const [deputy, setDeputy] = useState(one.deputy?.id ?? '');
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const state = useFormState();
  const save = () =>
    void state.send(async () => {
      onSend();
      await Api.patch(`appointments/${one.id}`, {
        ...(municipality && municipality !== one.municipality ? { municipality } : {}),
        ...{ deputy: deputy || null, accepted },
      });
      onDone();
    });
  const known = municipalities();
  return (
    <Section title={texts.roles['process-manager']}>
      <Form state={state} onSend={save}>
        <SelectField
          label={texts.municipality}
          value={municipality}
          onChange={setMunicipality}
          error={state.errorOf('municipality')}
          options={[
            ...(present === '' ? [{ value: '', label: texts.wholeRegion }] : []),
            // one that is not in the list any more stays what it is until another is chosen
            ...(present === '' || known.some(({ code }) => code === present)
              ? []
              : [{ value: present, label: municipalityName(present) }]),
            ...known.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
        <DeputyField
          value={deputy}
          onChange={setDeputy}
          all={all}
          of={one.id}
          error={state.errorOf('deputy')}
        />
        <AcceptMunicipalities of={warningsIn(state.problem)} accepted={accepted} onChange={setAccepted} />
        <div>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.save}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

interface EndRoleProps {
  one: Appointment;
  onSend: () => void;
  onDone: (said: string) => void;
}

/** Asked twice: the person loses what the role shows at once. */
function EndRole({ one, onSend, onDone }: EndRoleProps) {
  const texts = useTexts(words);
  const [sure, setSure] = useState(false);
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const state = useFormState();
  const end = () =>
    void state.send(async () => {
      onSend();
      await Api.post(`appointments/${one.id}/_dismiss`, { role: one.role, accepted });
      onDone(one.role === 'operator' ? texts.proposed : texts.ended);
    });
  const title = texts.end(texts.roles[one.role]);
  return (
    <Section title={title}>
      <p>{texts.endLead[one.role]}</p>
      <Form state={state} onSend={end}>
        <AcceptMunicipalities of={warningsIn(state.problem)} accepted={accepted} onChange={setAccepted} />
        <Switch label={texts.sure(one.name)} value={sure} onChange={setSure} />
        <div>
          <Button type="submit" appearance="secondary-action-button" disabled={!sure || state.sending}>
            {title}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
