import { useTexts } from '#libs/screens';
import type { ReactNode } from 'react';
import { consoleTexts } from '../texts.js';

/** One of the steps of a change, with its number. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const texts = useTexts(consoleTexts).membership;
  return (
    <li className="console-step">
      <h2 className="utrecht-heading-2">
        <span className="console-step__number">
          {texts.step} {number}
        </span>{' '}
        {title}
      </h2>
      {children}
    </li>
  );
}
