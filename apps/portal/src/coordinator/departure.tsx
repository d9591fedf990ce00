import {
  Api,
  Button,
  Form,
  Link,
  Notice,
  Section,
  SelectField,
  Switch,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Colleague } from './coordinator.types.js';
import { coordinator } from './texts.js';

interface DepartureProps {
  person: Colleague;
  colleagues: readonly Colleague[];
}

/** Somebody leaves for good: their signals go to a colleague, or end. Asked twice, since it cannot be undone. */
export function Departure({ person, colleagues }: DepartureProps) {
  const texts = useTexts(coordinator).person;
  const [handOverTo, setHandOverTo] = useState('');
  const [sure, setSure] = useState(false);
  const [departed, setDeparted] = useState<{ handedOver: number; ended: number }>();
  const state = useFormState();
  const depart = () =>
    void state.send(async () =>
      setDeparted(await Api.post(`professionals/${person.id}/_depart`, handOverTo ? { handOverTo } : {})),
    );
  const others = colleagues.filter(({ id, designated }) => designated && id !== person.id);
  if (departed)
    return (
      <Notice tone="ok">
        <p>{texts.departed(departed.handedOver, departed.ended)}</p>
        <Link to="/medewerkers">{texts.back}</Link>
      </Notice>
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
