import { useTexts } from '#libs/screens';
import { useState } from 'react';
import { consoleTexts } from '../texts.js';

/** What somebody runs on a machine of theirs, to be copied as it is. */
export function Command({ text }: { text: string }) {
  const texts = useTexts(consoleTexts).command;
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard
      .writeText(text)
      .then(() => setCopied(true))
      .catch(() => undefined);
  return (
    <div className="console-command">
      <code>{text}</code>
      {'clipboard' in navigator && (
        <button type="button" className="screens-plain-button" onClick={copy}>
          {copied ? texts.copied : texts.copy}
        </button>
      )}
    </div>
  );
}
