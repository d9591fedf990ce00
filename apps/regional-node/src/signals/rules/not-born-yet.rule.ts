/**
 * Says whether a birth date lies in the future: such a date is nobody's. A youth who is born today may have a signal today.
 * @param birthDate `YYYY-MM-DD`
 * @param today in Amsterdam, `YYYY-MM-DD`
 * @source Jeugdwet 7.1.1.1
 */
export const isNotBornYet = (birthDate: string, today: string): boolean => birthDate > today;
