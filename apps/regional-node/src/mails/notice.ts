import { createHash } from 'node:crypto';
import type { OutgoingMail } from './mail-queue.js';

/** A short mail of the index to one of its people. It says that there is something, never about whom. */
export interface Notice {
  indexName: string;
  /** Key of the region. */
  region: string;
  /** Without a name where the mail may reach somebody else. */
  to: { name?: string; email: string };
  /** What it is about; the same mail to the same person is sent once. */
  about: readonly string[];
  subject: string;
  paragraphs: readonly string[];
}

/** What process managers are told when a move to their municipality is not theirs to follow up any more, whatever the cause. */
export const MOVE_OVER = {
  subject: 'een verhuizing naar uw gemeente hoeft u niet meer op te volgen',
  paragraphs: ['Een verhuizing naar uw gemeente waarover u bericht kreeg, hoeft u niet meer op te volgen.'],
};

export function noticeMail({ indexName, region, to, about, subject, paragraphs }: Notice): OutgoingMail {
  const id = createHash('sha256')
    .update(JSON.stringify([to.email, ...about]))
    .digest('hex');
  return {
    to: to.email,
    subject: `${indexName}: ${subject}`,
    text: `${[`Beste ${to.name ?? 'lezer'},`, ...paragraphs, indexName, CLOSING].join('\n\n')}\n`,
    messageId: `${id.slice(0, 40)}@${region}.verwijsindex`,
  };
}

const CLOSING =
  'Dit bericht is automatisch verstuurd en noemt geen reden van signalen: die staan nergens in de verwijsindex.';
