import {
  Api,
  Button,
  ButtonGroup,
  Card,
  Facts,
  LoadedList,
  municipalityName,
  Notice,
  PageTitle,
  ProblemNotice,
  useFormState,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Colleague, Location } from './coordinator.types.js';
import { LocationForm } from './location-form.js';
import { coordinator } from './texts.js';

/** The locations of one's organisation. The API keeps them as one list, so every change sends the whole. */
export function Locations() {
  const texts = useTexts(coordinator).locations;
  const locations = useLoaded(async () => (await Api.get<{ locations: Location[] }>('locations')).locations);
  const people = useLoaded(
    async () => (await Api.get<{ professionals: Colleague[] }>('professionals')).professionals,
  );
  const [adding, setAdding] = useState(false);
  const [saved, setSaved] = useState<string>();
  const set = async (all: readonly Location[], said: string) => {
    setSaved(undefined);
    await Api.put('locations', { locations: all });
    setAdding(false);
    setSaved(said);
    await Promise.all([locations.again(), people.again()]);
  };
  const all = locations.data ?? [];
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <div role="status">{saved && <Notice tone="ok">{saved}</Notice>}</div>
      <LoadedList state={locations} none={texts.none} hint={<p>{texts.noneHint}</p>}>
        {() => (
          <ul className="screens-list">
            {all.map((location) => (
              <li key={location.id}>
                <LocationCard
                  location={location}
                  people={people.data?.filter((person) => person.location === location.id) ?? []}
                  all={all}
                  onSet={set}
                />
              </li>
            ))}
          </ul>
        )}
      </LoadedList>
      {locations.data && (
        <div className="screens-after">
          {adding ? (
            <Card title={texts.add}>
              <LocationForm
                all={all}
                onSend={(next) => set(next, texts.added)}
                onClose={() => setAdding(false)}
              />
            </Card>
          ) : (
            <Button appearance="primary-action-button" onClick={() => setAdding(true)}>
              {texts.add}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

interface LocationCardProps {
  location: Location;
  people: readonly Colleague[];
  all: readonly Location[];
  onSet: (all: readonly Location[], said: string) => Promise<void>;
}

function LocationCard({ location, people, all, onSet }: LocationCardProps) {
  const texts = useTexts(coordinator).locations;
  const [doing, setDoing] = useState<'change' | 'remove'>();
  const state = useFormState();
  const close = () => setDoing(undefined);
  const remove = () =>
    void state.send(() =>
      onSet(
        all.filter(({ id }) => id !== location.id),
        texts.removed(location.name),
      ),
    );
  const changed = async (next: readonly Location[]) => {
    await onSet(next, texts.changed);
    close();
  };
  return (
    <Card title={location.name}>
      {doing === 'change' ? (
        <LocationForm location={location} all={all} onSend={changed} onClose={close} />
      ) : (
        <>
          <Facts
            of={[
              [texts.municipality, municipalityName(location.municipality)],
              [texts.phone, location.phone],
              [texts.people, people.map(({ name }) => name).join(', ') || texts.nobody],
            ]}
          />
          {state.problem && <ProblemNotice problem={state.problem} />}
          {doing === 'remove' ? (
            <Notice tone="warning" title={texts.sure(location.name)}>
              <p>{texts.consequence(people.length)}</p>
              <ButtonGroup>
                <Button appearance="primary-action-button" onClick={remove} disabled={state.sending}>
                  {texts.removeSure}
                </Button>
                <Button appearance="secondary-action-button" onClick={close}>
                  {texts.keep}
                </Button>
              </ButtonGroup>
            </Notice>
          ) : (
            <ButtonGroup>
              <Button
                appearance="secondary-action-button"
                onClick={() => setDoing('change')}
                aria-label={texts.changeOne(location.name)}
              >
                {texts.change}
              </Button>
              <Button
                appearance="subtle-button"
                onClick={() => setDoing('remove')}
                aria-label={texts.removeOne(location.name)}
              >
                {texts.remove}
              </Button>
            </ButtonGroup>
          )}
        </>
      )}
    </Card>
  );
}
