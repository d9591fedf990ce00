import type { Language } from '#libs/screens';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long ago, by the relay's clock: 12 seconden geleden. */
export function agoText(moment: string, now: string, language: Language): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(moment)) / 1_000));
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(
    -Math.floor(seconds / size),
    unit,
  );
}

/** A stretch of time: 1 min 20 s. */
export function spanText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}

/** A time of the day by the Dutch clock, with seconds. */
export const clockText = (moment: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeStyle: 'medium',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(moment));

/** Day and hour of the Dutch clock that a moment lies in. */
export function dayAndHour(moment: string): { day: string; hour: number } {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const),
    hourCycle: 'h23',
    timeZone: 'Europe/Amsterdam',
  }).formatToParts(new Date(moment));
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

/** A day in short: ma 23-11. */
export const shortDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
