import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as SocketServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Mailbox } from './mailbox.js';
import { CONTENT_SECURITY_POLICY, listPage, mailPage, notFoundPage } from './pages.js';

const MEGABYTE = 1024 * 1024;

/** Where a mail catcher listens. Port 0 takes any free one. */
export interface MailCatcherOptions {
  host: string;
  smtpPort: number;
  httpPort: number;
  /** Folder for the sources of the mails; without it they are in memory only. */
  folder?: string;
}

/** A mail server that accepts every mail, delivers none, and shows them on a web page and by an API. */
export class MailCatcher {
  private smtp?: SMTPServer;
  private http?: Server;

  /** Starts listening. Returns the ports that were taken. */
  async start({
    host,
    smtpPort,
    httpPort,
    folder,
  }: MailCatcherOptions): Promise<{ smtpPort: number; httpPort: number }> {
    const mailbox = new Mailbox(folder);
    const smtp = (this.smtp = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      size: 10 * MEGABYTE,
      closeTimeout: 500,
      onData: (stream, session, done) => {
        receive(mailbox, stream, session).then(() => done(), done);
      },
    }));
    const http = (this.http = createServer((request, response) => {
      answer(mailbox, request, response).catch(() => response.destroy());
    }));
    // connections that break off are the other side's affair
    smtp.on('error', () => undefined);
    await listening(smtp.server, smtpPort, host);
    await listening(http, httpPort, host);
    return { smtpPort: portOf(smtp.server), httpPort: portOf(http) };
  }

  /** Stops listening; the mails are gone, but for a folder. */
  async stop(): Promise<void> {
    const { smtp, http } = this;
    http?.closeAllConnections();
    await Promise.all([
      smtp?.server.listening && new Promise<void>((resolve) => smtp.close(resolve)),
      http?.listening && new Promise<unknown>((resolve) => http.close(resolve)),
    ]);
  }
}

async function receive(
  mailbox: Mailbox,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> {
  const source = await buffer(stream);
  if (stream.sizeExceeded) throw Object.assign(new Error('Message too large'), { responseCode: 552 });
  const { mailFrom, rcptTo } = session.envelope;
  await mailbox.add(
    mailFrom ? mailFrom.address : '',
    rcptTo.map(({ address }) => address),
    source,
  );
}

async function answer(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mail-catcher');
  const send = (status: number, type: string, body: string | Buffer): void => {
    response.writeHead(status, {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    response.end(body);
  };
  const to = searchParams.get('to') || undefined;
  const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`;
  if (route === 'GET /')
    return send(200, 'text/html', listPage(mailbox.list(to), to, searchParams.has('renew')));
  if (route === 'GET /api/mails') return send(200, 'application/json', JSON.stringify(mailbox.list(to)));
  if (route === 'GET /health/live') return send(200, 'application/json', '{"status":"ok"}');
  if (route === 'DELETE /api/mails') {
    await mailbox.clear();
    response.writeHead(204).end();
    return;
  }
  const [, id = ''] = /^\/(?:api\/)?mails\/([\w-]+)(?:\/source)?$/.exec(pathname) ?? [];
  const mail = mailbox.find(id);
  if (mail && route === `GET /mails/${id}`) return send(200, 'text/html', mailPage(mail));
  if (mail && route === `GET /api/mails/${id}/source`) return send(200, 'text/plain', mailbox.source(id)!);
  if (pathname.startsWith('/api/')) return send(404, 'application/json', '{"status":404}');
  send(404, 'text/html', notFoundPage());
}

const portOf = (server: SocketServer): number => (server.address() as AddressInfo).port;

const listening = (server: SocketServer, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
