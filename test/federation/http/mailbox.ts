/** A mail as the mail server caught it. */
export interface CaughtMail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  messageId: string;
  date: string;
  receivedAt: string;
  text: string;
}

/** The mails of a federation, read over the mail catcher's API; remembers which ones a story has read. */
export class Mailbox {
  private readonly read = new Set<string>();

  /** @param url address of the mail catcher */
  constructor(private readonly url: string) {}

  /** All mails to an address, the oldest first. */
  async to(address: string): Promise<CaughtMail[]> {
    return this.list(`?to=${encodeURIComponent(address)}`);
  }

  /** The mails to an address that nobody has read yet, the oldest first. */
  async unread(address: string): Promise<CaughtMail[]> {
    return (await this.to(address)).filter(({ messageId }) => !this.read.has(messageId));
  }

  /** Counts these as read. */
  markRead(mails: readonly CaughtMail[]): void {
    for (const { messageId } of mails) this.read.add(messageId);
  }

  async markAllRead(): Promise<void> {
    this.markRead(await this.all());
  }

  /** Every mail, the oldest first. */
  all(): Promise<CaughtMail[]> {
    return this.list('');
  }

  /** A mail as it came over the wire. */
  async source({ id }: CaughtMail): Promise<string> {
    return (await fetch(`${this.url}/api/mails/${id}/source`)).text();
  }

  private async list(query: string): Promise<CaughtMail[]> {
    return ((await (await fetch(`${this.url}/api/mails${query}`)).json()) as CaughtMail[]).reverse();
  }
}
