import { FileField, useTexts } from '#libs/screens';
import { consoleTexts } from '../texts.js';

interface JsonFileFieldProps {
  label: string;
  hint: string;
  error?: string | undefined;
  /** Gets what the file holds; undefined when it is no JSON. */
  onRead: (content: unknown) => void;
}

/** A JSON file, read in the browser. */
export function JsonFileField({ label, hint, error, onRead }: JsonFileFieldProps) {
  const texts = useTexts(consoleTexts).file;
  return (
    <FileField
      label={label}
      hint={`${hint} ${texts.kind}`}
      error={error}
      accept=".json,application/json"
      onRead={(text) => onRead(parsed(text))}
    />
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
