/** What decides whether somebody of the register is the person that was described; surname, birth date and sex fit already. */
export interface Candidate {
  /** The register keeps the address secret. */
  isProtected: boolean;
  /** A given name was given, and is one of theirs. */
  isNamed: boolean;
  /** They live at the postcode that was given, or at the postcode and house number. Of no effect for a protected address. */
  livesThere: boolean;
}

/** Which data were given beside surname, birth date and sex. */
export interface GivenData {
  givenName: boolean;
  postcode: boolean;
  houseNumber: boolean;
}

/**
 * Who of the register was described. A given name that only one of them has identifies that one, wherever they live. So does an address
 * at which only one of them lives, unless another one's address is secret: a secret address may be any. Only a full address with a given
 * name leaves the others out.
 * The answer never depends on a secret address.
 * @param allKnown false when the register has more people of that name and birth date than it tells
 * @source Jeugdwet 7.1.4.2 lid 3; Wet BRP 2.59
 */
export function personMeant<Person extends Candidate>(
  candidates: readonly Person[],
  given: GivenData,
  allKnown: boolean,
): Person | undefined {
  const fitting = given.givenName ? candidates.filter(({ isNamed }) => isNamed) : candidates;
  if (given.givenName && allKnown && fitting.length === 1) return fitting[0];
  const leavesOthersOut = given.givenName && given.postcode && given.houseNumber;
  if (!leavesOthersOut && (!allKnown || fitting.some(({ isProtected }) => isProtected))) return undefined;
  const residents = fitting.filter(({ isProtected, livesThere }) => livesThere && !isProtected);
  return residents.length === 1 ? residents[0] : undefined;
}
