import type { CaughtMail } from '../federation/http/mailbox.js';

/** What a mail about a match says. */
export interface ReadMail {
  messageId: string;
  receivedAt: number;
  to: string;
  /** The region in whose name it was sent. */
  sender: string;
  text: string;
  /** The receiver's own signals; none in a mail to a process manager. */
  numbers: string[];
  /** Addresses of those involved, by kind, and of who leads: `you` for the receiver. */
  sameYouth: string[];
  siblings: string[];
  lead?: string;
}

/** Reads a mail about a match. */
export function readMail(mail: CaughtMail): ReadMail {
  const paragraphs = mail.text.split(/\n\s*\n/);
  const addresses = (head: RegExp): string[] =>
    paragraphs
      .filter((paragraph) => head.test(paragraph))
      .flatMap((paragraph) => [...paragraph.matchAll(/^\s*e-mail (\S+)$/gm)].map(([, address]) => address!))
      .sort();
  const numbers = [...mail.subject.matchAll(/[A-Z]+-\d{4}-\d{6}/g)].map(([number]) => number);
  const marked = /^- .* \(matchregisseur\)\n.*\n {2}e-mail (\S+)$/m.exec(mail.text)?.[1];
  const lead = mail.text.includes('Matchregisseur: dat bent u.')
    ? 'you'
    : (marked ?? addresses(/^Matchregisseur:/).at(0));
  return {
    messageId: mail.messageId,
    receivedAt: Date.parse(mail.receivedAt),
    to: mail.to[0]!,
    sender: /@([\w-]+)\./.exec(mail.from)?.[1] ?? '',
    text: mail.text,
    numbers,
    sameYouth: addresses(/^(Nieuw b|B)etrokken bij dezelfde/),
    siblings: addresses(/^(Nieuw b|B)etrokken bij een broer/),
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

/** All that a mail says of who is involved, but for whether it is new or changed. */
export const contentOf = ({ numbers, ...mail }: ReadMail): string => `${numbers.join()} ${toldBy(mail)}`;
