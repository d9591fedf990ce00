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
