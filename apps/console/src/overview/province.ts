/** Provinces by their two letters, and where no province fits: a national reporter. */
export type Province =
  'FR' | 'GR' | 'DR' | 'NH' | 'FL' | 'OV' | 'ZH' | 'UT' | 'GE' | 'ZE' | 'NB' | 'LI' | 'NL';

/** Municipality codes were given out by province, up to 0999; later ones follow no order (CBS, Gemeentelijke indeling). */
const FIRST_CODES: readonly [number, Province][] = [
  [3, 'GR'],
  [55, 'FR'],
  [106, 'DR'],
  [141, 'OV'],
  [197, 'GE'],
  [305, 'UT'],
  [358, 'NH'],
  [482, 'ZH'],
  [654, 'ZE'],
  [738, 'NB'],
  [881, 'LI'],
  [996, 'NL'],
];
/** Codes outside the order of their province. */
const EXCEPTIONS: Record<number, Province> = {
  ...{ 34: 'FL', 50: 'FL', 56: 'GR', 171: 'FL', 184: 'FL', 303: 'FL', 304: 'GE', 995: 'FL' },
  ...{ 589: 'UT', 632: 'UT', 733: 'GE', 736: 'UT', 737: 'FR' },
};

/** The province of most of a region's municipalities; the first among equals. */
export function provinceOf(municipalities: readonly string[]): Province {
  const counts = new Map<Province, number>();
  for (const code of municipalities) {
    const province = provinceOfCode(Number(code));
    if (province !== 'NL') counts.set(province, (counts.get(province) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'NL';
}

const provinceOfCode = (code: number): Province =>
  EXCEPTIONS[code] ?? FIRST_CODES.findLast(([first]) => code >= first)?.[1] ?? 'NL';
