/** Why somebody can have no signal. */
export type Ineligibility = 'deceased' | 'age';

/**
 * A youth lives and is under 23 (Jeugdwet 7.1.1.1).
 * @source Jeugdwet 7.1.1.1
 */
export function eligibleYouth(person: {
  deceased: boolean;
  is23OrOlder: boolean;
}): Ineligibility | undefined {
  if (person.deceased) return 'deceased';
  return person.is23OrOlder ? 'age' : undefined;
}
