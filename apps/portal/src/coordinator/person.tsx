import {
  Api,
  Button,
  ButtonGroup,
  dayText,
  Form,
  Link,
  Loaded,
  Notice,
  PageTitle,
  Section,
  SelectField,
  Switch,
  TextField,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { useSession } from '../session.js';
import { AbsencePlanner } from '../absence/index.js';
import { MailAddress } from '../contact/index.js';
import type { Colleague, Location } from './coordinator.types.js';
import { Departure } from './departure.js';
import { FilingLimit } from './filing-limit.js';
import { coordinator } from './texts.js';

/** One of the organisation's people: details, designation, absence, departure. */
export function Person({ id }: { id: string }) {
  const texts = useTexts(coordinator).person;
  const { me } = useSession();
  const people = useLoaded(() =>
    Api.get<{ professionals: Colleague[]; functions: string[] }>('professionals'),
  );
  const locations = useLoaded(async () => (await Api.get<{ locations: Location[] }>('locations')).locations);
  const [saved, setSaved] = useState(false);
  const changed = () => {
    setSaved(false);
    void people.again();
  };
  const keep = (isDone: boolean) => {
    setSaved(isDone);
    if (isDone) void people.again();
  };
  return (
    <Loaded state={people}>
      {({ professionals, functions }) => {
        const person = professionals.find((one) => one.id === id);
        if (!person) return <PageTitle title={texts.unknown} />;
        return (
          <>
            <PageTitle title={person.name} lead={<MailAddress>{person.email}</MailAddress>} />
            {saved && <Notice tone="ok">{texts.saved}</Notice>}
            <Details
              key={JSON.stringify(person)}
              person={person}
              functions={functions}
              locations={locations.data ?? []}
              onSaved={keep}
              onChanged={changed}
            />
            <Section title={texts.absence}>
              <AbsencePlanner person={person} onChanged={changed} />
            </Section>
            {person.id !== me.id && person.roles.includes('professional') && (
              <FilingLimit person={person} onChanged={changed} />
            )}
            <Departure person={person} colleagues={professionals} />
            <p>
              <Link to="/medewerkers">{texts.back}</Link>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

interface DetailsProps {
  person: Colleague;
  functions: readonly string[];
  locations: readonly Location[];
  /** Called with false when something is sent, and with true when it is kept. */
  onSaved: (isDone: boolean) => void;
  onChanged: () => void;
}

function Details({ person, functions, locations, onSaved, onChanged }: DetailsProps) {
  const texts = useTexts(coordinator).person;
  const { language } = useLanguage();
  const [job, setJob] = useState(person.function);
  const [phone, setPhone] = useState(person.phone);
  const [email, setEmail] = useState(person.email);
  const [location, setLocation] = useState(person.location ?? '');
  const [designated, setDesignated] = useState(person.designated);
  const state = useFormState();
  const save = () =>
    void state.send(async () => {
      onSaved(false);
      const now = { function: job, phone, email, designated, location: location || null };
      const before = { ...person, location: person.location ?? null };
      // what stays is not sent: entering again what counts takes a change back that waits
      const fields = Object.keys(now) as (keyof typeof now)[];
      const changed = fields.filter((field) => now[field] !== before[field]);
      await Api.patch(
        `professionals/${person.id}`,
        Object.fromEntries(changed.map((field) => [field, now[field]])),
      );
      onSaved(true);
    });
  const takeBack = () =>
    void state.send(async () => {
      await Api.patch(`professionals/${person.id}`, { phone: person.phone, email: person.email });
      onChanged();
    });
  const confirm = () =>
    void state.send(async () => {
      await Api.post(`professionals/${person.id}/_confirm-contact`);
      onChanged();
    });
  return (
    <Section title={texts.details}>
      {person.unconfirmed.length > 0 && (
        <Notice
          tone="warning"
          title={texts.waiting(person.unconfirmed.map((field) => texts[field].toLowerCase()).join(', '))}
        >
          <p>{texts.waitingDetail}</p>
          <Button appearance="secondary-action-button" onClick={takeBack} disabled={state.sending}>
            {texts.takeBack}
          </Button>
        </Notice>
      )}
      <Form state={state} onSend={save}>
        <SelectField
          label={texts.function}
          value={job}
          onChange={setJob}
          error={state.errorOf('function')}
          options={[...new Set([person.function, ...functions])].map((each) => ({
            ...{ value: each, label: each },
          }))}
        />
        <TextField
          label={texts.phone}
          value={phone}
          onChange={setPhone}
          type="tel"
          size="medium"
          error={state.errorOf('phone')}
        />
        <TextField
          label={texts.email}
          value={email}
          onChange={setEmail}
          type="email"
          error={state.errorOf('email')}
        />
        {locations.length > 0 && (
          <SelectField
            label={texts.location}
            value={location}
            onChange={setLocation}
            error={state.errorOf('location')}
            options={[
              { value: '', label: texts.noLocation },
              ...locations.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <Switch label={texts.designate} value={designated} onChange={setDesignated} />
        <ButtonGroup>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.save}
          </Button>
          <Button appearance="secondary-action-button" onClick={confirm} disabled={state.sending}>
            {texts.confirm}
          </Button>
        </ButtonGroup>
        <p className="screens-muted">{texts.confirmedOn(dayText(person.contact.confirmedOn, language))}</p>
      </Form>
    </Section>
  );
}
