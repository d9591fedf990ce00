/**
 * What a failed attempt to send a mail says:
 * - `address-wrong`: the address does not exist or is no longer used.
 * - `address-unclear`: the address, or the sender; the reply alone does not say which.
 * - `refused-for-now`: a full mailbox, greylisting, a busy server. It passes.
 * - `server-fault`: the mail server, the way to it, or our own settings. It says nothing about the address.
 */
export type MailFailure = 'address-wrong' | 'address-unclear' | 'refused-for-now' | 'server-fault';

/** What is known of a failed attempt. */
export interface FailedAttempt {
  /** The three digits of the reply, if there was one. */
  responseCode?: unknown;
  /** The whole reply. */
  response?: unknown;
  /** The command that was replied to. */
  command?: unknown;
}

/** Bad mailbox, domain or syntax, ambiguous, moved, a domain without mail, a disabled mailbox, no address in ASCII. */
const ADDRESS_WRONG = ['5.1.1', '5.1.2', '5.1.3', '5.1.4', '5.1.6', '5.1.10', '5.2.1', '5.6.7'];
/** Statuses that say no more than the reply code does. */
const UNSPECIFIC = [undefined, '5.0.0', '5.1.0'];
/** Mailbox unavailable, user not local, mailbox name not allowed. */
const MAILBOX_REFUSED = [550, 551, 553];
const MAILBOX_FULL = 552;
const SERVER_CLOSES = 421;

/** The enhanced status code of a reply: `5.1.1` of `550 5.1.1 unknown user`. */
export const enhancedStatus = (response: unknown): string | undefined =>
  typeof response === 'string' ? /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response)?.[1] : undefined;

/**
 * Classifies a failed attempt by the enhanced status code, and by the command that was replied to. Servers refuse us by
 * policy at `RCPT TO` too, so only a status about the address itself tells that the address is wrong.
 * @source RFC 3463 3.2, 3.3; RFC 5321 4.2.1, 4.2.3; RFC 6531 3.6; RFC 7504; convenant: contacts
 */
export function mailFailure({ responseCode, response, command }: FailedAttempt): MailFailure {
  const isAboutRecipient = command === 'RCPT TO' || command === 'DATA';
  if (!isAboutRecipient || typeof responseCode !== 'number' || responseCode === SERVER_CLOSES)
    return 'server-fault';
  const status = enhancedStatus(response);
  if (responseCode < 500 || status?.startsWith('4.')) return 'refused-for-now';
  if (UNSPECIFIC.includes(status)) {
    if (responseCode === MAILBOX_FULL) return 'refused-for-now';
    const isUnclear = command === 'RCPT TO' && MAILBOX_REFUSED.includes(responseCode);
    return isUnclear ? 'address-unclear' : 'server-fault';
  }
  if (ADDRESS_WRONG.includes(status!)) return 'address-wrong';
  return status!.startsWith('5.2.') ? 'refused-for-now' : 'server-fault';
}
