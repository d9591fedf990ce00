import type { TableValue } from './person.js';

/** The municipalities of the demonstration, by their code in the national table (Gemeenten). */
export const MUNICIPALITIES = {
  '0344': 'Utrecht',
  '0307': 'Amersfoort',
  '0355': 'Zeist',
  '0518': "'s-Gravenhage",
  '0546': 'Leiden',
  '0484': 'Alphen aan den Rijn',
  '0599': 'Rotterdam',
  '0502': 'Capelle aan den IJssel',
  '0622': 'Vlaardingen',
  '1999': 'Registratie Niet Ingezetenen (RNI)',
} as const;

export type MunicipalityCode = keyof typeof MUNICIPALITIES;

/** The name of a municipality; undefined for a code that the demonstration does not use. */
export const municipalityName = (code: string): string | undefined =>
  (MUNICIPALITIES as Record<string, string>)[code];

/** Persons who do not live in the Netherlands stand under this code (Registratie Niet Ingezetenen). */
export const NON_RESIDENTS = '1999';
/** The code of an unknown municipality. The register never delivers it. */
export const UNKNOWN_MUNICIPALITY = '0000';

/** The municipality as the register delivers it: with its name, and nothing when it is unknown. */
export function municipalityValue(
  code: string | undefined,
  name = code && municipalityName(code),
): { gemeenteVanInschrijving?: TableValue } {
  if (!code || code === UNKNOWN_MUNICIPALITY) return {};
  return { gemeenteVanInschrijving: { code, ...(name ? { omschrijving: name } : {}) } };
}
