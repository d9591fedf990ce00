import {
  Api,
  Button,
  ButtonGroup,
  DateField,
  Findings,
  Form,
  goToStep,
  isoDay,
  problemOf,
  TextAreaField,
  useFormState,
  useKept,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { AcceptMunicipalities } from '../accepted/index.js';
import { CovenantPreview, type Preview } from './covenant-preview.js';
import { operator } from './texts.js';

/** Writes a next version: checked, shown what it would change, and only then scheduled for a later day. */
export function CovenantEditor({ start }: { start: string }) {
  const texts = useTexts(operator).covenant;
  const [yaml, setYaml] = useKept('yaml', start);
  const [from, setFrom] = useState('');
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const [preview, setPreview] = useState<Preview>();
  const [, setScheduled] = useKept<string | undefined>('scheduled', undefined);
  const state = useFormState();
  const wrong = state.problem?.code === 'covenant-invalid' ? (state.problem.invalidParams ?? []) : [];
  const change = (text: string) => {
    setYaml(() => text);
    setPreview(undefined);
  };
  const check = () =>
    void state.send(async () => setPreview(await Api.post<Preview>('covenant/_preview', { yaml })));
  const schedule = () =>
    void state.send(async () => {
      const effectiveFrom = isoDay(from);
      try {
        await Api.post('covenant/versions', { yaml, effectiveFrom, accepted });
      } catch (error) {
        // on that day other municipalities may have ended than today
        if (problemOf(error).code === 'municipality-not-accepted')
          setPreview(await Api.post<Preview>('covenant/_preview', { yaml, effectiveFrom }));
        throw error;
      }
      setScheduled(() => effectiveFrom);
      goToStep('/convenant', { instead: true });
    });
  return (
    <>
      <Form state={state} onSend={check}>
        {wrong.length > 0 && <Findings of={wrong} />}
        <TextAreaField
          label={texts.text}
          hint={texts.textHint}
          value={yaml}
          onChange={change}
          rows={22}
          error={state.errorOf('yaml')}
        />
        <div>
          <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
            {texts.check}
          </Button>
        </div>
        {preview && (
          <>
            <CovenantPreview preview={preview} />
            <DateField
              label={texts.day}
              hint={texts.dayHint}
              value={from}
              onChange={setFrom}
              error={state.errorOf('effectiveFrom')}
            />
            <AcceptMunicipalities of={preview.warnings} accepted={accepted} onChange={setAccepted} />
            <ButtonGroup>
              <Button appearance="primary-action-button" onClick={schedule} disabled={state.sending}>
                {texts.schedule}
              </Button>
            </ButtonGroup>
          </>
        )}
      </Form>
    </>
  );
}
