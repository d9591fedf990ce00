import { useReasons } from './language.js';
import type { InvalidParam } from './problem.js';

/** What is wrong with a text of many parts: every part with why, in the chosen language. */
export function Findings({ of }: { of: readonly Pick<InvalidParam, 'name' | 'reason'>[] }) {
  const inLanguage = useReasons();
  return (
    <ul className="screens-findings">
      {of.map(({ name, reason }) => (
        <li key={`${name} ${reason}`}>
          <strong>{name}</strong>: {inLanguage(reason)}
        </li>
      ))}
    </ul>
  );
}
