/** What the rule reads of a covenant. */
interface Signed {
  organisations: readonly { id: string; mayUseBsn: boolean }[];
}

/**
 * The organisations to which a covenant gives the right to the BSN that the one before did not give.
 * @param before the covenant that is in force until then, as it counts
 * @source BIO 9.2.3; Jeugdwet 7.1.4.2 lid 2 en 3
 */
export function gainedBsn<Organisation extends Signed['organisations'][number]>(
  { organisations }: { organisations: readonly Organisation[] },
  before: Signed,
): Organisation[] {
  const had = new Set(before.organisations.filter(({ mayUseBsn }) => mayUseBsn).map(({ id }) => id));
  return organisations.filter(({ id, mayUseBsn }) => mayUseBsn && !had.has(id));
}

/**
 * A covenant as it counts as long as no second operator confirmed what it gives of the right to the BSN: without that.
 * @source BIO 9.2.3; Jeugdwet 7.1.4.2 lid 2 en 3
 */
export function withoutGainedBsn<Document extends Signed>(document: Document, before: Signed): Document {
  const gained = new Set(gainedBsn(document, before).map(({ id }) => id));
  if (gained.size === 0) return document;
  return {
    ...document,
    organisations: document.organisations.map((each) =>
      gained.has(each.id) ? { ...each, mayUseBsn: false } : each,
    ),
  };
}
