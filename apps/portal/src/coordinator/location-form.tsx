import {
  Button,
  ButtonGroup,
  Form,
  municipalities,
  SelectField,
  TextField,
  useFormState,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import type { Location } from './coordinator.types.js';
import { locationKey } from './location-key.js';
import { coordinator } from './texts.js';

interface LocationFormProps {
  /** The one that is changed; a new one without it. */
  location?: Location;
  all: readonly Location[];
  onSend: (all: readonly Location[]) => Promise<void>;
  onClose: () => void;
}

/** Name, municipality and telephone of a location. Its key stays, so that who works there goes on to. */
export function LocationForm({ location, all, onSend, onClose }: LocationFormProps) {
  const texts = useTexts(coordinator).locations;
  const [name, setName] = useState(location?.name ?? '');
  const [municipality, setMunicipality] = useState(location?.municipality ?? '');
  const [phone, setPhone] = useState(location?.phone ?? '');
  const state = useFormState();
  const place = location ? all.indexOf(location) : all.length;
  const errorOf = (field: string) => state.errorOf(`locations[${place}].${field}`);
  const save = () =>
    void state.send(() => {
      const id = location?.id ?? locationKey(name, all);
      return onSend(all.toSpliced(place, 1, { id, name: name.trim(), municipality, phone: phone.trim() }));
    });
  return (
    <Form state={state} onSend={save}>
      <TextField
        label={texts.name}
        hint={texts.nameHint}
        value={name}
        onChange={setName}
        error={errorOf('name')}
        first
      />
      <SelectField
        label={texts.municipality}
        value={municipality}
        onChange={setMunicipality}
        error={errorOf('municipality') && texts.chooseMunicipality}
        options={[
          { value: '', label: texts.chooseMunicipality },
          ...municipalities().map((one) => ({ value: one.code, label: one.name })),
        ]}
      />
      <TextField
        label={texts.phone}
        value={phone}
        onChange={setPhone}
        type="tel"
        size="medium"
        error={errorOf('phone')}
      />
      <ButtonGroup>
        <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
          {texts.save}
        </Button>
        <Button appearance="secondary-action-button" onClick={onClose}>
          {texts.cancel}
        </Button>
      </ButtonGroup>
    </Form>
  );
}
