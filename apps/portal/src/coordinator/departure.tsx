import {
  Api,
  Button,
  Form,
  goToStep,
  Link,
  Notice,
  PageTitle,
  Section,
  SelectField,
  Switch,
  useFormState,
  useKept,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Colleague } from './coordinator.types.js';
import { coordinator } from './texts.js';

interface DepartureProps {
  person: Colleague;
  colleagues: readonly Colleague[];
}

/** How many signals went to a colleague, and how many ended. */
interface Departed {
  handedOver: number;
  ended: number;
  /** Whether a second person must agree first. */
  waits: boolean;
}

/** Somebody leaves for good: their signals go to a colleague, or end. Asked twice, since it cannot be undone. */
export function Departure({ person, colleagues }: DepartureProps) {
  const texts = useTexts(coordinator).person;
  const [handOverTo, setHandOverTo] = useState('');
  const [sure, setSure] = useState(false);
  const [, setDeparted] = useKept<Departed | undefined>('departed', undefined);
  const state = useFormState();
  const depart = () =>
    void state.send(async () => {
      const departed = await Api.post<Departed>(
        `professionals/${person.id}/_depart`,
        handOverTo ? { handOverTo } : {},
      );
      setDeparted(() => departed);
      goToStep(`/medewerkers/${person.id}/uit-dienst`, { instead: true });
    });
  const others = colleagues.filter(
    ({ id, designated, contact }) => designated && !contact.waitsSince && id !== person.id,
  );
  return (
    <Section title={texts.departure}>
      <p>{texts.departureLead}</p>
      <Form state={state} onSend={depart}>
        <SelectField
          label={texts.handOverTo}
          value={handOverTo}
          onChange={setHandOverTo}
          error={state.errorOf('handOverTo')}
          options={[
            { value: '', label: texts.nobody },
            ...others.map(({ id, name, function: job }) => ({ value: id, label: `${name}, ${job}` })),
          ]}
        />
        <Switch label={texts.sure(person.name)} value={sure} onChange={setSure} />
        <div>
          <Button type="submit" appearance="secondary-action-button" disabled={!sure || state.sending}>
            {texts.depart}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

/** Somebody has left. After a reload nobody knows how many signals there were. */
export function DepartedPerson() {
  const texts = useTexts(coordinator).person;
  const [departed] = useKept<Departed | undefined>('departed', undefined);
  return (
    <>
      <PageTitle title={texts.departure} />
      <Notice tone={departed && !departed.waits ? 'ok' : 'info'}>
        {!departed
          ? texts.unknown
          : departed.waits
            ? texts.departureWaits
            : texts.departed(departed.handedOver, departed.ended)}
      </Notice>
      <p className="screens-after">
        <Link to="/medewerkers">{texts.back}</Link>
      </p>
    </>
  );
}
