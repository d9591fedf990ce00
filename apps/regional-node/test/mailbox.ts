import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it is given. */
export class Mailbox {
  readonly mails: ParsedMail[] = [];
  /** What happens to each mail: throw to have it refused. */
  accept: () => void = () => undefined;
  /** Addresses that it says not to have. */
  readonly unknown = new Set<string>();

  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(
        this.unknown.has(address) ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null,
      ),
    onData: (stream, _session, done) => {
      simpleParser(stream)
        .then((mail) => {
          this.accept();
          this.mails.push(mail);
          done();
        })
        .catch((error: Error) => done(error));
    },
  });

  async start(): Promise<this> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return this;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((ended) => this.server.close(ended));
  }

  /** Waits until there are `count` mails. */
  async has(count: number): Promise<ParsedMail[]> {
    for (let tries = 0; this.mails.length < count && tries < 10_000; tries += 1) {
      await new Promise((next) => setTimeout(next, 25));
    }
    return this.mails;
  }
}
