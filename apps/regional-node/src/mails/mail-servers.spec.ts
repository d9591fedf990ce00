import { jest } from '@jest/globals';
import { DAY, HOUR, SECOND } from '#libs/clock';
import { createTransport } from 'nodemailer';
import request from 'supertest';
import { CertificateAuthority } from '../../../../deploy/local/certificates.js';
import { AnsweringMailServer, type Moment } from '../../test/answering-mail-server.js';
import { startNode, temporaryFile, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { Mail, MailQueue, MailSender } from './index.js';
import { failureCode } from './smtp-error.js';
import { smtpOptions } from './smtp-options.js';

const ANNA = 'anna.de.wit@utrecht.voorbeeld.example';
const OTHER = 'iemand@elders.voorbeeld.example';
const THIRD = 'ander@elders.voorbeeld.example';

let server: AnsweringMailServer;
let node: TestNode;
let sender: MailSender;
let warnings: [string, Record<string, unknown>][];
beforeAll(async () => {
  server = await new AnsweringMailServer().start();
  node = await startNode({ SMTP_URL: `smtp://node:secret@127.0.0.1:${server.port}` });
  sender = node.app.get(MailSender, { strict: false });
  jest.spyOn(sender['logger'], 'warning').mockImplementation((event, fields) => {
    // the clock of this node jumps for days, and other work of it may complain
    if (event.startsWith('mail-')) warnings.push([event, fields ?? {}]);
  });
});
beforeEach(async () => {
  await node.dataSource.manager.clear(Mail);
  await node.dataSource.manager.clear(AuditLine);
  await node.dataSource.manager.updateAll(Professional, { emailRefusedAt: null });
  server.recover();
  warnings = [];
});
afterAll(async () => {
  await node.stop();
  await server.stop();
});

const queued = async (to: string) => {
  await node.dataSource.transaction((manager) =>
    node.app.get(MailQueue, { strict: false }).queue(manager, {
      ...{ to, subject: 'Match', text: 'Er is een match.', messageId: `match/${to}` },
    }),
  );
  sender.wake();
};
const mailTo = (toAddress: string) => node.dataSource.manager.findOneByOrFail(Mail, { toAddress });
async function until(to: string, condition: (mail: Mail) => boolean): Promise<Mail> {
  for (let tries = 0; tries < 10_000; tries += 1) {
    const mail = await mailTo(to);
    if (condition(mail)) return mail;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error('it did not come to that');
}
const tried = (to: string, times = 1) =>
  until(to, ({ attempts, lastTriedAt, notBefore, state }) =>
    state === 'sent'
      ? true
      : attempts >= times && lastTriedAt !== null && (state === 'failed' || notBefore > node.clock.now()),
  );
const again = (time: number) => {
  node.clock.advance(time);
  sender.wake();
};
const doubted = async () =>
  (await node.dataSource.manager.findBy(AuditLine, { action: 'contact-doubted' })).length > 0 ||
  (await node.dataSource.manager.findOneByOrFail(Professional, { email: ANNA })).emailRefusedAt !== null;
const seenByOperator = async () =>
  (await (await node.as('mn-beheerder')).get('/mails/undelivered').expect(200)).body;
/** What readiness says of the mail server; that all else is ready, a busy machine may doubt for a moment. */
const ready = async () =>
  (await request(node.app.getHttpServer()).get('/health/ready')).body.details.mailServer;

/** Moment, reply, and the codes of it that may be told. */
type Case = [Moment, string, string];

describe('a mail server that says that the address is wrong', () => {
  it.each<Case>([
    ['RCPT', '550 5.1.1 unknown user', 'RCPT TO 550 5.1.1'],
    ['RCPT', '550 5.1.2 no such domain', 'RCPT TO 550 5.1.2'],
    ['RCPT', '501 5.1.3 bad syntax', 'RCPT TO 501 5.1.3'],
    ['RCPT', '556 5.1.10 the domain takes no mail', 'RCPT TO 556 5.1.10'],
    ['RCPT', '550 5.2.1 mailbox disabled', 'RCPT TO 550 5.2.1'],
    ['RCPT', '550 no such user', 'RCPT TO 550'],
    ['end of DATA', '550 5.1.1 unknown user', 'DATA 550 5.1.1'],
  ])('at %s, "%s": the mail is given up and the address doubted', async (moment, reply, code) => {
    server.replies.set(moment, reply);
    await queued(ANNA);
    expect(await until(ANNA, ({ state }) => state === 'failed')).toMatchObject({
      ...{ lastErrorKind: code, failure: 'address-wrong', bodySealed: null, attempts: 1 },
    });
    expect(await doubted()).toBe(true);
    expect(await ready()).toEqual({ status: 'up' });
    expect(warnings).toEqual([['mail-given-up', { error: code, kind: 'address-wrong' }]]);
  });
});

describe('a mail server that refuses us', () => {
  it.each<Case>([
    [
      'RCPT',
      '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example',
      'RCPT TO 554 5.7.1',
    ],
    ['RCPT', '550 5.7.64 TenantAttribution; Relay Access Denied', 'RCPT TO 550 5.7.64'],
    ['RCPT', '554 5.7.1 <anna.de.wit@utrecht.voorbeeld.example>: Relay access denied', 'RCPT TO 554 5.7.1'],
    ['RCPT', '503 5.5.1 nested MAIL command', 'RCPT TO 503 5.5.1'],
    ['RCPT', '530 5.7.0 authentication required', 'RCPT TO 530 5.7.0'],
    ['RCPT', '554 refused', 'RCPT TO 554'],
    ['RCPT', '421 4.3.2 shutting down', 'CONN 421 4.3.2'],
    ['end of DATA', '554 5.7.1 message refused as spam', 'DATA 554 5.7.1'],
    ['MAIL FROM', '550 5.7.1 sender not allowed', 'MAIL FROM 550 5.7.1'],
    ['MAIL FROM', '530 5.7.0 must issue STARTTLS first', 'MAIL FROM 530 5.7.0'],
    ['login', '535 5.7.8 authentication failed', 'AUTH PLAIN 535 5.7.8'],
    ['greeting', '421 4.7.0 too many connections', 'CONN 421 4.7.0'],
    ['greeting', '554 5.7.1 no service for you', 'CONN 554 5.7.1'],
  ])(
    'at %s, "%s": the mail is kept, nobody is doubted, the operator sees it',
    async (moment, reply, code) => {
      server.replies.set(moment, reply);
      await queued(ANNA);
      const mail = await tried(ANNA);
      expect(mail).toMatchObject({ state: 'queued', failure: 'server-fault', lastErrorKind: code });
      const fault = { waiting: 1, lastAt: mail.lastTriedAt!.toISOString() };
      const body = await seenByOperator();
      expect(body).toMatchObject({ serverFault: { code, ...fault }, mails: [{ failure: 'server-fault' }] });
      expect(await ready()).toEqual({ status: 'up', fault: code, ...fault });
      expect(warnings).toEqual([['mail-not-sent', { error: code, kind: 'server-fault' }]]);
      expect(
        JSON.stringify([warnings, await ready(), body.serverFault, body.mails[0].lastErrorKind]),
      ).not.toMatch(/zen|spam|Relay|anna/i);

      again(4 * DAY);
      expect(await tried(ANNA, 2)).toMatchObject({ state: 'queued', bodySealed: expect.any(Buffer) });
      server.recover();
      again(HOUR);
      await until(ANNA, ({ state }) => state === 'sent');
      expect(server.taken).toEqual([ANNA]);
      expect(await doubted()).toBe(false);
      expect(await seenByOperator()).toEqual({ mails: [] });
      expect(await ready()).toEqual({ status: 'up' });
    },
  );

  it('that breaks off in the middle of a mail: the mail is kept, nobody is doubted', async () => {
    server.breaksOff = true;
    await queued(ANNA);
    const { lastErrorKind, ...mail } = await tried(ANNA);
    expect(mail).toMatchObject({ state: 'queued', failure: 'server-fault' });
    expect(lastErrorKind).toMatch(/^(ECONNECTION|ESOCKET ECONNRESET|ESOCKET EPIPE)$/);
    server.recover();
    again(SECOND);
    await until(ANNA, ({ state }) => state === 'sent');
  });

  it('for five days: the mail is given up and shown, nobody is doubted', async () => {
    server.replies.set('RCPT', '554 5.7.1 blocked');
    await queued(ANNA);
    await tried(ANNA);
    again(5 * DAY);
    await until(ANNA, ({ state }) => state === 'failed');
    expect(await seenByOperator()).toEqual({
      mails: [expect.objectContaining({ state: 'failed', failure: 'server-fault', attempts: 2 })],
    });
    expect(await doubted()).toBe(false);
  });
});

describe('a mail server that refuses for now', () => {
  it.each<Case>([
    ['RCPT', '552 5.2.2 mailbox full', 'RCPT TO 552 5.2.2'],
    ['RCPT', '452 4.2.2 mailbox full', 'RCPT TO 452 4.2.2'],
    ['RCPT', '552 mailbox full', 'RCPT TO 552'],
    ['RCPT', '451 4.7.1 Greylisting', 'RCPT TO 451 4.7.1'],
    ['RCPT', '450 4.1.1 not verified yet', 'RCPT TO 450 4.1.1'],
    ['end of DATA', '451 4.7.1 Greylisting', 'DATA 451 4.7.1'],
    ['end of DATA', '552 5.2.2 mailbox full', 'DATA 552 5.2.2'],
  ])(
    'at %s, "%s": the mail is tried again, and it is no fault of the server',
    async (moment, reply, code) => {
      server.replies.set(moment, reply);
      await queued(ANNA);
      expect(await tried(ANNA)).toMatchObject({
        ...{ state: 'queued', failure: 'refused-for-now', lastErrorKind: code },
      });
      expect(await ready()).toEqual({ status: 'up' });
      expect(await seenByOperator()).toEqual({ mails: [expect.objectContaining({ lastErrorKind: code })] });
      server.recover();
      again(SECOND);
      await until(ANNA, ({ state }) => state === 'sent');
      expect(await doubted()).toBe(false);
    },
  );
});

describe('a refusal without a status, of which the server says the same to others', () => {
  it('is a fault of the server until it takes a mail again', async () => {
    server.replies.set('RCPT', '550 relay not permitted');
    await queued(OTHER);
    await until(OTHER, ({ state }) => state === 'failed');
    await queued(ANNA);
    expect(await tried(ANNA)).toMatchObject({ state: 'queued', failure: 'server-fault' });
    expect(await doubted()).toBe(false);

    server.only = ANNA;
    again(SECOND);
    await tried(ANNA, 2);
    await queued(THIRD);
    await until(THIRD, ({ state }) => state === 'sent');
    again(2 * SECOND);
    await until(ANNA, ({ state }) => state === 'failed');
    expect(await doubted()).toBe(true);
  });
});

describe('an address with a domain outside ASCII', () => {
  it('is mailed under its punycode', async () => {
    const to = 'anna@bücher.voorbeeld.example';
    await queued(to);
    await until(to, ({ state }) => state === 'sent');
    // the server of the test decodes what it was told, so ask the client
    const { envelope } = await createTransport(smtpOptions(node.config)).sendMail({
      from: ANNA,
      to,
      text: '',
    });
    expect(envelope.to).toEqual(['anna@xn--bcher-kva.voorbeeld.example']);
  });
});

describe('the connection to the mail server', () => {
  let authority: CertificateAuthority;
  let ca: string;
  const servers: AnsweringMailServer[] = [];
  const identity = async (host: string) => {
    const { certificate, privateKey } = await authority.issue({ subject: 'CN=mail', hosts: [host] });
    return { cert: certificate, key: privateKey };
  };
  const start = async (...options: ConstructorParameters<typeof AnsweringMailServer>) => {
    const started = await new AnsweringMailServer(...options).start();
    servers.push(started);
    return started;
  };
  /** Sends a mail as the node does. @returns the codes of what went wrong */
  const outcome = (url: string, settings: { smtpCaFile?: string; allowInsecureSmtp?: boolean } = {}) =>
    createTransport(smtpOptions({ smtpUrl: url, allowInsecureSmtp: false, ...settings }))
      .sendMail({ from: ANNA, to: ANNA, text: 'Er is een match.' })
      .then(() => 'sent', failureCode);

  beforeAll(async () => {
    authority = await CertificateAuthority.create();
    ca = temporaryFile(authority.certificatePem);
  });
  afterAll(() => Promise.all(servers.map((each) => each.stop())));

  it('goes over to TLS by STARTTLS, or is TLS from the start, by an authority of our own', async () => {
    const tls = await identity('127.0.0.1');
    const [starttls, implicit] = [await start(tls), await start({ ...tls, secure: true })];
    expect([
      await outcome(`smtp://127.0.0.1:${starttls.port}`, { smtpCaFile: ca }),
      await outcome(`smtps://127.0.0.1:${implicit.port}`, { smtpCaFile: ca }),
    ]).toEqual(['sent', 'sent']);
  });

  it('is not made to a server without STARTTLS: no mail and no password leaves', async () => {
    const plain = await start();
    expect(await outcome(`smtp://node:secret@127.0.0.1:${plain.port}`)).toMatch(/^STARTTLS 5\d\d/);
    expect(plain.taken).toEqual([]);
  });

  it('is made to one without STARTTLS where that is allowed', async () => {
    const plain = await start();
    expect(await outcome(`smtp://127.0.0.1:${plain.port}`, { allowInsecureSmtp: true })).toBe('sent');
  });

  it('is not made to a server of an unknown authority, and says so', async () => {
    const tls = await identity('127.0.0.1');
    const [starttls, implicit] = [await start(tls), await start({ ...tls, secure: true })];
    expect([
      await outcome(`smtp://127.0.0.1:${starttls.port}`),
      await outcome(`smtps://127.0.0.1:${implicit.port}`),
    ]).toEqual(['ESOCKET UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ESOCKET UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
  });

  it('is not made to a server with a certificate of another host', async () => {
    const other = await start({ ...(await identity('mail.voorbeeld.example')), secure: true });
    expect(await outcome(`smtps://127.0.0.1:${other.port}`, { smtpCaFile: ca })).toBe(
      'ESOCKET ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });

  it('that is refused says so', async () => {
    expect(await outcome('smtp://127.0.0.1:9')).toBe('ESOCKET ECONNREFUSED');
  });

  it('needs authorities that can be read', () => {
    const nonsense = temporaryFile('-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n');
    expect(() => smtpOptions({ ...node.config, smtpCaFile: nonsense })).toThrow(
      'SMTP_CA_FILE: cannot be used',
    );
  });
});
