import { REASONS } from './reasons.en.js';

const NUMBER = /(?<= )\d+(?:\.\d+)*/g;

/** A sentence of the API in a language: the API speaks Dutch. Undefined when there is no English for it. */
export function reasonIn(language: 'nl' | 'en', said: string): string | undefined {
  if (language === 'nl') return said;
  const numbers = said.match(NUMBER) ?? [];
  // a colour has a # of its own
  return (REASONS[said] ?? REASONS[said.replace(NUMBER, '#')])?.replace(
    /#(?!\w)/g,
    () => numbers.shift() ?? '#',
  );
}
