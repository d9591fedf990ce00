import type { MunicipalityTable } from '#libs/municipalities';

/** Why a municipality is to be accepted by name. */
export const MUNICIPALITY_WARNINGS = ['without-process-manager', 'ended', 'unknown'] as const;
export type WhyAccept = (typeof MUNICIPALITY_WARNINGS)[number];

/** A municipality that somebody has to accept by name. */
export interface MunicipalityWarning {
  code: string;
  name: string;
  why: WhyAccept;
}

/**
 * Names the municipalities whose matches nobody would follow up, those that do not exist on that day any more, and codes outside the table. A
 * process manager of a municipality under its earlier code is one of its successor from the day on which the earlier code ended.
 * @param municipalities of the covenant, or those for which somebody is appointed
 * @param served codes of the municipalities that have a process manager; undefined when that is not asked
 * @param day `YYYY-MM-DD`, from which it is so
 * @source Jeugdwet 7.1.3.2; convenant: procesmanager per gemeente
 */
export function municipalitiesToAccept(
  municipalities: readonly { code: string; name: string }[],
  served: readonly string[] | undefined,
  day: string,
  table: Pick<MunicipalityTable, 'factOf' | 'on'>,
): MunicipalityWarning[] {
  const servedThen = served?.map((code) => table.on(code, day));
  return municipalities.flatMap(({ code, name }) => {
    const warn = (why: WhyAccept): MunicipalityWarning[] => [{ code, name, why }];
    const fact = table.factOf(code);
    return [
      ...(servedThen === undefined || servedThen.includes(table.on(code, day))
        ? []
        : warn('without-process-manager')),
      ...(fact?.end !== undefined && fact.end <= day ? warn('ended') : []),
      ...(fact === undefined ? warn('unknown') : []),
    ];
  });
}

/** Those that are not among the accepted codes. */
export const notAccepted = (
  warnings: readonly MunicipalityWarning[],
  accepted: readonly string[],
): MunicipalityWarning[] => warnings.filter(({ code }) => !accepted.includes(code));
