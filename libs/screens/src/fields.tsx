import {
  FormField,
  FormFieldDescription,
  FormFieldErrorMessage,
  FormLabel,
  RadioButton,
  Checkbox,
  Select,
  SelectOption,
  Textarea,
  Textbox,
} from '@utrecht/component-library-react';
import { useEffect, useId, useRef, type FormEvent, type InputHTMLAttributes, type ReactNode } from 'react';
import { useTexts } from './language.js';
import { ProblemNotice } from './states.js';
import type { FormState } from './form-state.js';
import { shared } from './texts.js';

interface FieldProps {
  label: string;
  /** A sentence below the label. */
  hint?: ReactNode;
  error?: string | undefined;
}

interface Described extends FieldProps {
  id: string;
  children: ReactNode;
}

const describedBy = (id: string, { hint, error }: FieldProps): string | undefined =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;

function Field({ id, label, hint, error, children }: Described) {
  return (
    <FormField invalid={error !== undefined} className="screens-field">
      <FormLabel htmlFor={id}>{label}</FormLabel>
      {hint && <FormFieldDescription id={`${id}-hint`}>{hint}</FormFieldDescription>}
      {error && <FormFieldErrorMessage id={`${id}-error`}>{error}</FormFieldErrorMessage>}
      {children}
    </FormField>
  );
}

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: string;
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  autoComplete?: string;
  /** How wide, as a promise of what belongs in it. */
  size?: 'short' | 'medium' | 'long';
  /** Takes the focus when the screen opens: for the first field of a screen that is nothing but a form. */
  first?: boolean;
  required?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, type = 'text', size = 'long', first = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) input.current?.focus();
  }, [first]);
  return (
    <Field id={id} label={label} hint={props.hint} error={props.error}>
      <Textbox
        id={id}
        ref={input}
        className={`screens-input--${size}`}
        type={type}
        inputMode={props.inputMode}
        autoComplete={props.autoComplete ?? 'off'}
        required={props.required ?? true}
        value={value}
        invalid={props.error !== undefined}
        aria-invalid={props.error !== undefined}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

const API_DAY = /jjjj-mm-dd|yyyy-mm-dd/i;

/** A day, typed as people write it: no picker, which is slow for a birth date and hard by keyboard. */
export function DateField(props: Omit<TextFieldProps, 'size' | 'inputMode'>) {
  const texts = useTexts(shared);
  // the API tells programs how it writes a day; people write it otherwise
  const error = props.error && API_DAY.test(props.error) ? texts.dayWrong : props.error;
  return <TextField {...props} error={error} size="short" />;
}

export function TextAreaField(
  props: FieldProps & { value: string; onChange: (value: string) => void; rows: number },
) {
  const id = useId();
  return (
    <Field id={id} label={props.label} hint={props.hint} error={props.error}>
      <Textarea
        id={id}
        className="screens-code"
        rows={props.rows}
        value={props.value}
        spellCheck={false}
        invalid={props.error !== undefined}
        aria-invalid={props.error !== undefined}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}

interface UploadFieldProps extends FieldProps {
  /** Kinds of files, as `accept` of HTML names them. */
  accept: string;
  onChoose: (file: File | undefined) => void;
}

/** A file as it is, byte for byte; nothing is read or sent yet. */
export function UploadField(props: UploadFieldProps) {
  const id = useId();
  return (
    <Field id={id} label={props.label} hint={props.hint} error={props.error}>
      <input
        id={id}
        type="file"
        className="screens-file"
        accept={props.accept}
        aria-invalid={props.error !== undefined}
        aria-describedby={describedBy(id, props)}
        // else a browser does not tell that the same file, now corrected, is chosen again
        onClick={({ currentTarget }) => {
          currentTarget.value = '';
          props.onChoose(undefined);
        }}
        onChange={(event) => props.onChoose(event.target.files?.[0])}
      />
    </Field>
  );
}

interface FileFieldProps extends FieldProps {
  accept: string;
  onRead: (text: string) => void;
}

/** Reads the text of a file in the browser; nothing is sent yet. */
export const FileField = ({ onRead, ...props }: FileFieldProps) => (
  <UploadField {...props} onChoose={(file) => void file?.text().then(onRead)} />
);

export interface Option<V extends string> {
  value: V;
  label: ReactNode;
  hint?: ReactNode;
}

interface SelectFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}

export function SelectField(props: SelectFieldProps) {
  const id = useId();
  return (
    <Field id={id} label={props.label} hint={props.hint} error={props.error}>
      <Select
        id={id}
        value={props.value}
        invalid={props.error !== undefined}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map(({ value, label }) => (
          <SelectOption key={value} value={value}>
            {label}
          </SelectOption>
        ))}
      </Select>
    </Field>
  );
}

interface ChoiceProps<V extends string> extends FieldProps {
  value: V | undefined;
  onChange: (value: V) => void;
  options: readonly Option<V>[];
}

/** One of a few, all visible. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const id = useId();
  return (
    <fieldset
      className={`screens-choice${props.error === undefined ? '' : ' screens-choice--invalid'}`}
      aria-describedby={describedBy(id, props)}
    >
      <legend className="screens-choice__legend">{props.label}</legend>
      {props.hint && <FormFieldDescription id={`${id}-hint`}>{props.hint}</FormFieldDescription>}
      {props.error && <FormFieldErrorMessage id={`${id}-error`}>{props.error}</FormFieldErrorMessage>}
      {props.options.map(({ value, label, hint }) => (
        <div key={value} className="screens-option">
          <RadioButton
            id={`${id}-${value}`}
            name={id}
            value={value}
            checked={props.value === value}
            invalid={props.error !== undefined}
            aria-describedby={hint ? `${id}-${value}-hint` : undefined}
            onChange={() => props.onChange(value)}
          />
          <div>
            <FormLabel htmlFor={`${id}-${value}`} type="radio">
              {label}
            </FormLabel>
            {hint && <FormFieldDescription id={`${id}-${value}-hint`}>{hint}</FormFieldDescription>}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

/** Yes or no. */
export function Switch({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="screens-option">
      <Checkbox id={id} checked={value} onChange={(event) => onChange(event.target.checked)} />
      <FormLabel htmlFor={id} type="checkbox">
        {label}
      </FormLabel>
    </div>
  );
}

/** A form: sent by Enter or its button; what is wrong stands above it, and beside the fields. */
export function Form({
  state,
  onSend,
  children,
}: {
  state: FormState;
  onSend: () => void;
  children: ReactNode;
}) {
  const texts = useTexts(shared);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    // the server says in Dutch what is wrong, in words of the covenant; the browser would use its own
    <form noValidate onSubmit={submit} className="screens-form" aria-busy={state.sending}>
      {state.problem && <ProblemNotice problem={state.problem} kept />}
      {children}
      <span role="status" className="screens-hidden">
        {state.sending ? texts.sending : ''}
      </span>
    </form>
  );
}
