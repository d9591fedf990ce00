import { addYears } from '#libs/calendar';

/** Who has to be told of a signal before it is filed. */
export type InformWhom = 'parents' | 'parents-and-youth' | 'youth';

/**
 * Under 12 the parents, from 12 to 15 parents and youth, from 16 the youth (Jeugdwet 7.1.5.1 lid 1).
 * @param birthday the youth's complete birth date, `YYYY-MM-DD`.
 * @param today `YYYY-MM-DD`.
 * @source Jeugdwet 7.1.5.1 lid 1
 */
export function informWhom(birthday: string, today: string): InformWhom {
  const isAtLeast = (age: number) => addYears(birthday, age) <= today;
  if (isAtLeast(16)) return 'youth';
  return isAtLeast(12) ? 'parents-and-youth' : 'parents';
}
