import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';

/** A mail that was caught, as the API shows it. */
export interface Mail {
  id: string;
  /** Sender and recipients of the envelope, so blind copies too; headers may say otherwise. */
  from: string;
  to: string[];
  subject: string;
  messageId: string;
  /** What the mail says about its date, else when it came in; ISO 8601. */
  date: string;
  /** When it came in, ISO 8601. */
  receivedAt: string;
  /** The text part; made from the HTML part if there is no other. */
  text: string;
}

/** More than anyone reads, and few enough for memory; the oldest make way. */
const CAPACITY = 10_000;

/** Mails in the order in which they came in, in memory; with a folder, their sources are also files there (`<id>.eml`). */
export class Mailbox {
  private readonly mails = new Map<string, { mail: Mail; source: Buffer }>();

  constructor(private readonly folder?: string) {}

  /** Keeps a mail. `source` is the whole message (RFC 5322). */
  async add(from: string, to: string[], source: Buffer): Promise<void> {
    const { subject = '', messageId = '', date, text = '' } = await simpleParser(source);
    const id = randomUUID();
    const now = new Date();
    const mail = {
      ...{ id, from, to, subject, messageId, text },
      date: (date ?? now).toISOString(),
      receivedAt: now.toISOString(),
    };
    if (this.folder) {
      await mkdir(this.folder, { recursive: true });
      await writeFile(this.file(id), source);
    }
    this.mails.set(id, { mail, source });
    const [oldest] = this.mails.keys();
    if (this.mails.size > CAPACITY) await this.remove(oldest!);
  }

  /** The mails to an address, whatever its capitals, or all; newest first. */
  list(to?: string): Mail[] {
    const wanted = to?.toLowerCase();
    return [...this.mails.values()]
      .map(({ mail }) => mail)
      .filter((mail) => wanted === undefined || mail.to.some((address) => address.toLowerCase() === wanted))
      .reverse();
  }

  find(id: string): Mail | undefined {
    return this.mails.get(id)?.mail;
  }

  /** The message as it came in. */
  source(id: string): Buffer | undefined {
    return this.mails.get(id)?.source;
  }

  async clear(): Promise<void> {
    await Promise.all([...this.mails.keys()].map((id) => this.remove(id)));
  }

  private async remove(id: string): Promise<void> {
    this.mails.delete(id);
    if (this.folder) await rm(this.file(id), { force: true });
  }

  private file(id: string): string {
    return path.join(this.folder!, `${id}.eml`);
  }
}
