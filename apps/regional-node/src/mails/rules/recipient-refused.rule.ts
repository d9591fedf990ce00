/** What a mail server said, as far as it did. */
interface ServerAnswer {
  /** The three digits of its reply. */
  responseCode?: unknown;
  /** The command to which it replied. */
  command?: unknown;
}

/**
 * Says whether a mail server refused the recipient for good: a reply of 500 to 599 to `RCPT TO`. A reply of 400 to 499 passes, and one to
 * another command says nothing of the address.
 * @source RFC 5321 4.2.1; convenant: contacts
 */
export const recipientRefused = ({ responseCode, command }: ServerAnswer): boolean =>
  command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500 && responseCode <= 599;
