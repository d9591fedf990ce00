/**
 * What a filer is told of the archive of another region: not what is their own, for a professional may work in two regions, and not what ended
 * after the filing, for that was a match.
 * @param filedOn day of the filing, `YYYY-MM-DD`
 * @source Jeugdwet 7.1.4.6 lid 1
 */
export const toldFromElsewhere = <Earlier extends { email: string; endedOn: string }>(
  earlier: readonly Earlier[],
  { email, filedOn }: { email: string; filedOn: string },
): Earlier[] =>
  earlier.filter((each) => each.email.toLowerCase() !== email.toLowerCase() && each.endedOn <= filedOn);
