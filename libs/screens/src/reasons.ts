import { REASONS } from './reasons.en.js';

/** What differs from one sentence to the next: a number, or what stands between “ and ”. */
const VARIABLE = /(?<= )\d+(?:\.\d+)*|(?<=“)[^”]+(?=”)/g;

/** A sentence of the API in a language: the API speaks Dutch. Undefined when there is no English for it. */
export function reasonIn(language: 'nl' | 'en', said: string): string | undefined {
  if (language === 'nl') return said;
  const variables = said.match(VARIABLE) ?? [];
  // a colour has a # of its own
  return (REASONS[said] ?? REASONS[said.replace(VARIABLE, '#')])?.replace(
    /#(?!\w)/g,
    () => variables.shift() ?? '#',
  );
}
