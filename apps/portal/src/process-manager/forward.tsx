import {
  Api,
  Button,
  ButtonGroup,
  Form,
  Loaded,
  municipalityName,
  SelectField,
  useFormState,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { processManager } from './texts.js';

interface ForwardProps {
  id: string;
  onForwarded: () => void;
}

/** Forwards a match to the process manager of a municipality of another region. */
export function Forward(props: ForwardProps) {
  const texts = useTexts(processManager).queue;
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <Button appearance="subtle-button" onClick={() => setOpen(true)}>
        {texts.forward}
      </Button>
    );
  return <ForwardForm {...props} onClose={() => setOpen(false)} />;
}

function ForwardForm({ id, onForwarded, onClose }: ForwardProps & { onClose: () => void }) {
  const texts = useTexts(processManager).queue;
  const municipalities = useLoaded(() =>
    Api.get<{ code: string; region: string }[]>('match-queue/municipalities'),
  );
  const [municipality, setMunicipality] = useState('');
  const state = useFormState();
  const forward = () =>
    void state.send(async () => {
      await Api.post(`match-queue/${id}/_forward`, { municipality });
      onClose();
      onForwarded();
    });
  return (
    <Loaded state={municipalities}>
      {(all) => (
        <Form state={state} onSend={forward}>
          <SelectField
            label={texts.municipality}
            hint={texts.forwardHint}
            value={municipality}
            onChange={setMunicipality}
            error={state.errorOf('municipality')}
            options={[
              { value: '', label: texts.choose },
              ...all
                .map(({ code, region }) => ({ value: code, label: `${municipalityName(code)} (${region})` }))
                .sort((a, b) => a.label.localeCompare(b.label, 'nl')),
            ]}
          />
          <ButtonGroup>
            <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
              {texts.send}
            </Button>
            <Button appearance="secondary-action-button" onClick={onClose}>
              {texts.cancel}
            </Button>
          </ButtonGroup>
        </Form>
      )}
    </Loaded>
  );
}
