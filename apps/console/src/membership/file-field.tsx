import { useTexts } from '#libs/screens';
import { useId } from 'react';
import { consoleTexts } from '../texts.js';

interface FileFieldProps {
  label: string;
  hint: string;
  error?: string | undefined;
  /** Gets what the file holds; undefined when it is no JSON. */
  onRead: (content: unknown) => void;
}

/** Reads a JSON file in the browser; nothing is sent yet. */
export function FileField({ label, hint, error, onRead }: FileFieldProps) {
  const id = useId();
  const texts = useTexts(consoleTexts).file;
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      onRead(JSON.parse(await file.text()));
    } catch {
      onRead(undefined);
    }
  };
  return (
    <div className="console-file">
      <label htmlFor={id} className="console-file__label">
        {label}
      </label>
      <p id={`${id}-hint`} className="screens-muted">
        {hint} {texts.kind}
      </p>
      {error !== undefined && (
        <p id={`${id}-error`} className="console-file__error">
          {error}
        </p>
      )}
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? `${id}-hint` : `${id}-error ${id}-hint`}
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </div>
  );
}
