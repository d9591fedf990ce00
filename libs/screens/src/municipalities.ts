import { presentMunicipalities } from '#libs/municipalities';

const NAMES = new Map(presentMunicipalities().map(({ code, name }) => [code, name]));
const ENDED = new Set<string>();

/** What a node knows of municipality codes that the screens do not: newer ones, and those that ended. */
export interface MunicipalityNews {
  code: string;
  name: string;
  /** Whether the code is in use today. */
  inUse: boolean;
}

/** Has the screens go by what a node knows beyond their own list. Called before anything is drawn. */
export function takeMunicipalityNews(news: readonly MunicipalityNews[]): void {
  for (const { code, name, inUse } of news) {
    NAMES.set(code, name);
    if (inUse) ENDED.delete(code);
    else ENDED.add(code);
  }
}

/** The name of a municipality, or its code when it is not known here. */
export const municipalityName = (code: string): string => NAMES.get(code) ?? code;

/** The municipalities of today, by name. */
export const municipalities = (): { code: string; name: string }[] =>
  [...NAMES]
    .filter(([code]) => !ENDED.has(code))
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'nl'));
