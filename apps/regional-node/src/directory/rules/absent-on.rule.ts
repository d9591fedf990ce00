/**
 * Says whether somebody is absent on a day: from midnight of the first day up to and including the last one.
 * @param day `YYYY-MM-DD`, in Amsterdam
 * @source Jeugdwet 7.1.3.3
 */
export const absentOn = (absence: { from: string; until: string } | undefined, day: string): boolean =>
  absence !== undefined && absence.from <= day && day <= absence.until;
