import type { CaughtMail } from '../federation/http/mailbox.js';

/** What a mail about a match says. */
export interface ReadMail {
  messageId: string;
  receivedAt: number;
  to: string;
  /** The region in whose name it was sent. */
  sender: string;
  text: string;
  /** The receiver's own signal; absent in a mail to a process manager. */
  number?: string;
  /** Addresses of those involved, by kind, and of who leads: `you` for the receiver. */
  sameYouth: string[];
  siblings: string[];
  lead?: string;
}

/** Reads a mail about a match. */
export function readMail(mail: CaughtMail): ReadMail {
  const paragraphs = mail.text.split(/\n\s*\n/);
  const addresses = (head: string): string[] =>
    paragraphs
      .filter((paragraph) => paragraph.startsWith(head))
      .flatMap((paragraph) => [...paragraph.matchAll(/^\s*e-mail (\S+)$/gm)].map(([, address]) => address!))
      .sort();
  const number = /bij uw signaal (\S+?)[.\s]/.exec(mail.text)?.[1];
  const lead = mail.text.includes('Matchregisseur: dat bent u.') ? 'you' : addresses('Matchregisseur:').at(0);
  return {
    messageId: mail.messageId,
    receivedAt: Date.parse(mail.receivedAt),
    to: mail.to[0]!,
    sender: /@([\w-]+)\./.exec(mail.from)?.[1] ?? '',
    text: mail.text,
    ...(number ? { number } : {}),
    sameYouth: addresses('Betrokken bij dezelfde'),
    siblings: addresses('Betrokken bij een broer'),
    ...(lead ? { lead } : {}),
  };
}

/** What the receiver is told, as a text to compare. */
export const toldBy = ({
  sameYouth,
  siblings,
  lead,
}: Pick<ReadMail, 'sameYouth' | 'siblings' | 'lead'>): string =>
  sameYouth.length + siblings.length === 0 ? 'nobody' : JSON.stringify([sameYouth, siblings, lead]);

/** All that a mail says, but for whether it says that this is new or changed. */
export const contentOf = ({ text }: ReadMail): string =>
  text.replace(/^(Er is een match|De match) .*$/m, '').trim();
