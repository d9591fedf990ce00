import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

/** A moment of the dialogue at which a mail server can refuse. */
export type Moment = 'greeting' | 'login' | 'MAIL FROM' | 'RCPT' | 'end of DATA';

/** A mail server that answers as a test tells it to, and otherwise takes every mail. */
export class AnsweringMailServer {
  /** What it answers at a moment: `550 5.1.1 unknown user`. */
  readonly replies = new Map<Moment, string>();
  /** Recipients of whom it answers `replies` of RCPT; undefined: all. */
  only: string | undefined;
  /** Breaks the connection off in the middle of a mail. */
  breaksOff = false;
  /** Recipients of the mails that it took. */
  readonly taken: string[] = [];

  private readonly sockets = new Set<{ destroy: () => void }>();
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions = { disabledCommands: ['STARTTLS'] }) {
    this.server = new SMTPServer({
      ...{ authOptional: true, allowInsecureAuth: true, disableReverseLookup: true, closeTimeout: 100 },
      ...options,
      onConnect: (_session, done) => this.reply('greeting', done),
      onAuth: ({ username }, _session, done) =>
        this.reply('login', (error) => (error ? done(error) : done(null, { user: username }))),
      onMailFrom: (_address, _session, done) => this.reply('MAIL FROM', done),
      onRcptTo: ({ address }, _session, done) =>
        this.only === undefined || this.only === address ? this.reply('RCPT', done) : done(),
      onData: (stream, session, done) => {
        if (this.breaksOff) for (const socket of this.sockets) socket.destroy();
        stream.on('data', () => undefined);
        stream.on('end', () =>
          this.reply('end of DATA', (error) => {
            if (!error) this.taken.push(...recipientsOf(session));
            done(error);
          }),
        );
      },
    });
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return this;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Takes every mail again. */
  recover(): void {
    this.replies.clear();
    this.only = undefined;
    this.breaksOff = false;
    this.taken.length = 0;
  }

  async stop(): Promise<void> {
    await new Promise<void>((ended) => this.server.close(ended));
  }

  private reply(moment: Moment, done: (error?: Error | null) => void): void {
    const reply = this.replies.get(moment);
    if (reply === undefined) done();
    else done(Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) }));
  }
}

const recipientsOf = ({ envelope }: SMTPServerSession) => envelope.rcptTo.map(({ address }) => address);
