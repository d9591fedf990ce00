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

/**
 * The VOPRF input for a youth without a number: ASCII `vir1|youth|visn|<surname>|<birth date>|<sex>`, fixed for ever like that of a
 * number, and never equal to one. The caller has brought the description into its canonical form; it never shows in an error.
 * @param description `<a to z>|<YYYY-MM-DD>|<M or V>`
 */
export function describedYouthInput(description: string): Uint8Array {
  if (!/^[a-z]{1,200}\|\d{4}-\d{2}-\d{2}\|[MV]$/.test(description))
    throw new RangeError('a description has a canonical surname, a birth date and a sex');
  return Buffer.from(`vir1|youth|visn|${description}`, 'ascii');
}
