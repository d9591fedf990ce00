import {
  Api,
  Button,
  DateField,
  dayText,
  dayTyped,
  Form,
  isoDay,
  Loaded,
  Notice,
  Paragraph,
  SelectField,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Me } from '../session.types.js';
import { absence as absenceTexts } from './texts.js';

interface StandIn {
  id: string;
  name: string;
  function: string;
}

/** Somebody whose absence is planned: oneself, or one of the people that one looks after. */
export type Absentee = Pick<Me, 'id' | 'name' | 'absence'>;

export function AbsencePlanner({ person, onChanged }: { person: Absentee; onChanged: () => void }) {
  const texts = useTexts(absenceTexts);
  const [waits, setWaits] = useState(false);
  const standIns = useLoaded(() => Api.get<{ professionals: StandIn[] }>('stand-ins'));
  return (
    <>
      {waits && <Notice tone="info">{texts.standInWaits}</Notice>}
      <Loaded state={standIns}>
        {({ professionals }) => (
          <Planner
            key={JSON.stringify(person.absence)}
            person={person}
            standIns={professionals.filter(({ id }) => id !== person.id)}
            onPlanned={setWaits}
            onChanged={onChanged}
          />
        )}
      </Loaded>
    </>
  );
}

interface PlannerProps {
  person: Absentee;
  standIns: readonly StandIn[];
  onPlanned: (standInWaits: boolean) => void;
  onChanged: () => void;
}

function Planner({ person: { id, absence }, standIns, onPlanned, onChanged }: PlannerProps) {
  const texts = useTexts(absenceTexts);
  const { language } = useLanguage();
  const [from, setFrom] = useState(absence ? dayTyped(absence.from) : '');
  const [until, setUntil] = useState(absence ? dayTyped(absence.until) : '');
  const [replacement, setReplacement] = useState(absence?.replacement ?? '');
  const state = useFormState();
  const plan = () =>
    void state.send(async () => {
      const days = { from: isoDay(from), until: isoDay(until) };
      const { standInWaits } = await Api.post<{ standInWaits: boolean }>(
        `professionals/${id}/_plan-absence`,
        replacement ? { ...days, replacement } : days,
      );
      onPlanned(standInWaits);
      onChanged();
    });
  const end = () =>
    void state.send(async () => {
      await Api.post(`professionals/${id}/_end-absence`);
      onChanged();
    });
  const standIn = standIns.find((one) => one.id === absence?.replacement);
  return (
    <>
      {absence && (
        <Notice
          tone="info"
          title={texts.planned(dayText(absence.from, language), dayText(absence.until, language))}
        >
          <Paragraph>{standIn ? texts.standIn(standIn.name) : texts.noStandIn}</Paragraph>
          <Button appearance="secondary-action-button" onClick={end} disabled={state.sending}>
            {texts.end}
          </Button>
        </Notice>
      )}
      <Form state={state} onSend={plan}>
        <DateField
          label={texts.from}
          hint={texts.dayHint}
          value={from}
          onChange={setFrom}
          error={state.errorOf('from')}
        />
        <DateField
          label={texts.until}
          hint={texts.dayHint}
          value={until}
          onChange={setUntil}
          error={state.errorOf('until')}
        />
        <SelectField
          label={texts.who}
          hint={texts.whoHint}
          value={replacement}
          onChange={setReplacement}
          error={state.errorOf('replacement')}
          options={[
            { value: '', label: texts.nobody },
            ...standIns.map((one) => ({ value: one.id, label: `${one.name}, ${one.function}` })),
          ]}
        />
        <div>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {absence ? texts.change : texts.plan}
          </Button>
        </div>
      </Form>
    </>
  );
}
