import { SelectField, useTexts } from '#libs/screens';
import type { Appointment } from './appointments.types.js';
import { appointments } from './texts.js';

interface DeputyFieldProps {
  value: string;
  onChange: (id: string) => void;
  all: readonly Appointment[];
  /** The process manager who is stood in for, who cannot be chosen. */
  of?: string;
  error?: string | undefined;
}

/** Another process manager, or nobody. */
export function DeputyField({ value, onChange, all, of, error }: DeputyFieldProps) {
  const texts = useTexts(appointments);
  const others = all.filter(({ id, role }) => role === 'process-manager' && id !== of);
  return (
    <SelectField
      label={texts.deputy}
      hint={texts.deputyHint}
      value={value}
      onChange={onChange}
      error={error}
      options={[
        { value: '', label: texts.noDeputy },
        ...others.map(({ id, name, organisation }) => ({ value: id, label: `${name}, ${organisation}` })),
      ]}
    />
  );
}
