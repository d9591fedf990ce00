/** In which capacity a person enters the index; a youth who is also a parent has an unlinkable secret for each. */
export type PersonRole = 'youth' | 'parent';

/** What kind of number identifies a person. */
export type PersonNumberKind = 'bsn';

/**
 * The VOPRF input for a person: ASCII `vir1|<role>|<kind>|<9 digits>`, fixed for ever, since another byte gives
 * another person. The caller has checked the number; it never shows in an error.
 */
export function personInput(role: PersonRole, kind: PersonNumberKind, number: string): Uint8Array {
  if (!/^\d{9}$/.test(number)) throw new RangeError('the number of a person has nine digits');
  return Buffer.from(`vir1|${role}|${kind}|${number}`, 'ascii');
}
