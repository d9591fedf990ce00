import { addYears } from '#libs/calendar';

export const INFORM_WHOM = ['representatives', 'representatives-and-youth', 'youth'] as const;
/** Who has to be told of a signal before it is filed. */
export type InformWhom = (typeof INFORM_WHOM)[number];

/**
 * Under 12 the legal representatives, from 12 to 15 they and the youth, from 16 the youth. Representatives are the parents or the parent with
 * authority, or the guardian: a parent without authority is none.
 * @param birthday the youth's complete birth date, `YYYY-MM-DD`.
 * @param today `YYYY-MM-DD`.
 * @source Jeugdwet 7.1.5.1 lid 1
 */
export function informWhom(birthday: string, today: string): InformWhom {
  const isAtLeast = (age: number) => addYears(birthday, age) <= today;
  if (isAtLeast(16)) return 'youth';
  return isAtLeast(12) ? 'representatives-and-youth' : 'representatives';
}
