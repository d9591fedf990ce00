/**
 * Everything that is recorded, with the only fields each record may have (Jeugdwet 7.1.2.3 sub f: who, what, when).
 * A field holds a signal number, an id of a professional, a count, a day, a region, the municipality of an appointment or a fixed word: never a BSN, name, birth date,
 * blind index, tag, handle or text that someone typed.
 */
export const AUDIT_ACTIONS = {
  'covenant-scheduled': ['version', 'effectiveFrom', 'accepted'],
  'covenant-withdrawn': ['version'],
  'covenant-bsn-confirmed': ['version', 'organisations', 'proposedBy'],
  'covenant-activated': ['version', 'withoutProcessManager'],
  'municipalities-loaded': ['asOf', 'municipalities'],
  'directory-imported': ['organisations', 'professionals'],
  'professional-added': ['professional'],
  'professional-changed': ['professional', 'fields'],
  'locations-changed': ['locations'],
  'process-manager-appointed': ['professional', 'municipality', 'deputy', 'accepted'],
  'process-manager-changed': ['professional', 'municipality', 'deputy', 'accepted'],
  'process-manager-dismissed': ['professional', 'accepted'],
  'coordinator-appointed': ['professional'],
  'coordinator-dismissed': ['professional'],
  'operator-proposed': ['professional', 'kind'],
  'operator-proposal-withdrawn': ['professional', 'kind'],
  'operator-appointed': ['professional', 'proposedBy'],
  'operator-dismissed': ['professional', 'proposedBy'],
  'login-change-proposed': ['professional'],
  'login-changed': ['professional', 'proposedBy'],
  'contact-asked': ['professional'],
  'contact-confirmed': ['professional'],
  'contact-doubted': ['professional'],
  'contact-change-confirmed': ['professional', 'fields'],
  'contact-change-rejected': ['professional', 'fields'],
  'professional-departed': ['professional', 'handedOver', 'ended', 'proposedBy'],
  'signal-handed-over': ['signal', 'from', 'to'],
  'absence-planned': ['professional', 'from', 'until', 'replacement'],
  'stand-in-confirmed': ['professional', 'replacement', 'proposedBy'],
  'person-proposed': ['professional', 'kind', 'colleague'],
  'person-proposal-withdrawn': ['professional', 'kind'],
  'designation-confirmed': ['professional', 'proposedBy'],
  'absence-ended': ['professional'],
  'look-up-refused': ['limit'],
  'filing-limit-raised': ['professional', 'until'],
  'person-register-consulted': ['purpose', 'outcome', 'persons'],
  'signal-filed': ['signal', 'youth'],
  'signal-shared': ['signal'],
  'signal-ended': ['signal', 'cause'],
  'match-notified': ['signal'],
  'contact-made': ['signal'],
  'contact-taken-back': ['signal'],
  'match-confirmed': ['signal'],
  'match-rejected': ['signal'],
  'same-person-said': ['signal'],
  'same-person-taken-back': ['signal'],
  'signal-renewed': ['signal', 'renewed'],
  'signal-linked': ['signal'],
  'reminder-sent': ['signal'],
  'archive-told': ['signal'],
  'archive-shown': ['signal', 'signals'],
  'archive-answered': ['region', 'signals'],
  'archive-destroyed': ['signals', 'decidedOn'],
  'subject-access-given': ['signals'],
  'subject-access-refused': [],
  'erasure-previewed': ['signals'],
  'signals-erased': ['signals', 'decidedOn'],
  'move-told': ['signal'],
  'move-placed': [],
  'case-forwarded': ['region'],
  'letter-sent': ['region', 'kind'],
  'letter-taken-back': ['region'],
  'letter-erased': ['region'],
  'letter-received': ['region', 'kind'],
  'letter-forgotten': ['region'],
  'work-requested': ['work'],
} as const satisfies Record<string, readonly string[]>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;
export type AuditFields<A extends AuditAction> = Partial<
  Record<(typeof AUDIT_ACTIONS)[A][number], string | number | string[]>
>;

/** Who did it: the id of a professional, or the program itself. */
export type AuditActor = string;
export const SYSTEM: AuditActor = 'system';
/** The operator's command on the machine of the node, where no second operator can be asked. */
export const MACHINE: AuditActor = 'machine';
