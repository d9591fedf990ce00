import type { Language } from './language.js';

const LOCALES: Record<Language, string> = { nl: 'nl-NL', en: 'en-GB' };
const ZONE = 'Europe/Amsterdam';

/** `2026-11-28` as people write it: 28 november 2026. */
export const dayText = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** A moment by the Dutch clock: 28 november 2026 om 14:05. */
export const momentText = (moment: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    ...({ dateStyle: 'long', timeStyle: 'short' } as const),
    timeZone: ZONE,
  }).format(new Date(moment));

/** A moment of today by the Dutch clock: 14:05. */
export const clockText = (moment: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'short', timeZone: ZONE }).format(new Date(moment));

/** A birth date as far as it is known (`2012-03-14`, `2012-03`, `2012`) as people write it: 14 maart 2012, maart 2012, 2012. */
export function birthDateText(known: string, language: Language): string {
  const [year, month, day] = known.split('-');
  if (day !== undefined) return dayText(known, language);
  return new Intl.DateTimeFormat(LOCALES[language], {
    year: 'numeric',
    ...(month === undefined ? {} : { month: 'long' }),
    timeZone: 'UTC',
  }).format(new Date(`${year}-${month ?? '01'}-01T00:00:00Z`));
}

/** Today by the Dutch clock, as `2026-11-28`, whatever the browser's time zone. */
export const today = (now = new Date()): string => {
  const parts = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: ZONE }).formatToParts(now);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)!.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
};

/** A day as somebody types it (`14-3-2012`, `14 03 2012`, `14032012`, `2012-03-14`) as `2012-03-14`; what is none stays as it is. */
export function isoDay(typed: string): string {
  const text = typed.trim();
  const dutch = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!dutch) return text;
  const [, day, month, year] = dutch as unknown as [string, string, string, string];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * A birth date as somebody types it, as far as it is known: `3-2012` and `00-03-2012` as `2012-03`, `00-00-2012` as `2012`.
 * A complete one, and what is none, as `isoDay` gives it.
 */
export function isoBirthDate(typed: string): string {
  const [, month, year] = /^(\d{1,2})[-/. ](\d{4})$/.exec(typed.trim()) ?? [];
  const day = month && year ? `${year}-${month.padStart(2, '0')}` : isoDay(typed);
  return day.replace(/(-00)+$/, '');
}

/** `2012-03-14` as somebody types it: 14-3-2012. */
export const dayTyped = (day: string): string => day.split('-').reverse().map(Number).join('-');
