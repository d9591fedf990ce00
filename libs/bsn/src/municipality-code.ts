/** Codes of table 33 of the person register that name no municipality: unknown, and persons who do not live in the Netherlands (RNI). */
const NO_MUNICIPALITY: readonly string[] = ['0000', '1999'];

/** Whether a code of table 33 of the person register (four digits) can name a municipality. Does not look up that it does. */
export const isMunicipalityCode = (code: string): boolean =>
  /^\d{4}$/.test(code) && !NO_MUNICIPALITY.includes(code);
