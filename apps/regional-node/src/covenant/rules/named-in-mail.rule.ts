import type { CovenantDocument } from '../covenant-document.js';

/**
 * Says whether a mail may name somebody: not when the covenant has people of their sector seen after login only. Of another region only
 * the kind of organisation is known; a kind that nobody here signed as is then not named either, for it may be of such a sector.
 * @param kind kind of the organisation, as the covenant of its region calls it
 * @source convenant: mails.logInToSee
 */
export function namedInMail(
  kind: string,
  { mails, organisations }: Pick<CovenantDocument, 'mails' | 'organisations'>,
): boolean {
  if (mails.logInToSee.length === 0) return true;
  const sectors = organisations
    .filter((organisation) => organisation.kind === kind)
    .map(({ sector }) => sector);
  return sectors.length > 0 && !sectors.some((sector) => mails.logInToSee.includes(sector));
}
