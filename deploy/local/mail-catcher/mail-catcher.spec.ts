import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import { MailCatcher } from './mail-catcher.js';
import type { Mail } from './mailbox.js';

const MAIL = {
  from: 'Verwijsindex <index@noord.example>',
  to: ['Ans@school.example', 'Bram <bram@ggd.example>'],
  subject: 'Match: neem contact op – één jeugdige',
  text: 'Beste collega,\n\nZie http://127.0.0.1:4101/matches?a=1&b=2.\n<script>alert("x")</script>',
};

describe('mail catcher', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mail-catcher-'));
  const catcher = new MailCatcher();
  let transport: Transporter;
  let smtpPort: number;
  let url: string;

  beforeAll(async () => {
    const ports = await catcher.start({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder });
    smtpPort = ports.smtpPort;
    transport = createTransport({ host: '127.0.0.1', port: smtpPort });
    url = `http://127.0.0.1:${ports.httpPort}`;
  });
  afterAll(() => catcher.stop());
  beforeEach(() => fetch(`${url}/api/mails`, { method: 'DELETE' }));

  const mails = async (query = ''): Promise<Mail[]> =>
    (await (await fetch(`${url}/api/mails${query}`)).json()) as Mail[];
  const html = async (place: string): Promise<string> => (await fetch(`${url}${place}`)).text();

  it('shows what was sent, with the recipients of the envelope', async () => {
    const { messageId } = await transport.sendMail({
      ...MAIL,
      bcc: 'toezicht@noord.example',
      date: new Date('2026-03-04T10:00:00Z'),
    });
    expect(await mails()).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{36}$/),
        from: 'index@noord.example',
        to: ['Ans@school.example', 'bram@ggd.example', 'toezicht@noord.example'],
        subject: MAIL.subject,
        messageId,
        date: '2026-03-04T10:00:00.000Z',
        receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        text: expect.stringContaining('Beste collega,\n\nZie'),
      },
    ]);
  });

  it('finds the mails to one address, newest first, whatever its capitals', async () => {
    await transport.sendMail({ ...MAIL, subject: 'één' });
    await transport.sendMail({ ...MAIL, subject: 'twee' });
    await transport.sendMail({ ...MAIL, subject: 'drie', to: 'cato@land.example' });
    const subjects = async (query: string) => (await mails(query)).map(({ subject }) => subject);
    expect(await subjects('?to=ans@school.example')).toEqual(['twee', 'één']);
    expect(await subjects('?to=cato@land.example')).toEqual(['drie']);
    expect(await subjects('?to=school.example')).toEqual([]);
    expect(await subjects('')).toEqual(['drie', 'twee', 'één']);
  });

  it('gives the source as it came in, also as a file', async () => {
    const raw = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: rauw\r\n\r\nregel\r\n';
    await transport.sendMail({ envelope: { from: 'a@b.example', to: ['c@d.example'] }, raw });
    const [mail] = await mails();
    expect(await html(`/api/mails/${mail!.id}/source`)).toBe(raw);
    expect(readFileSync(path.join(folder, `${mail!.id}.eml`), 'utf8')).toBe(raw);
  });

  it('forgets everything when asked', async () => {
    await transport.sendMail(MAIL);
    expect((await fetch(`${url}/api/mails`, { method: 'DELETE' })).status).toBe(204);
    expect(await mails()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    expect(await html('/')).toContain('Er is geen e-mail.');
  });

  it('refuses a mail that is too large, and keeps nothing of it', async () => {
    const text = 'x'.repeat(70).concat('\n').repeat(160_000);
    await expect(transport.sendMail({ ...MAIL, text })).rejects.toMatchObject({ responseCode: 552 });
    expect(await mails()).toEqual([]);
  });

  it('takes many mails at once and loses none', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => transport.sendMail({ ...MAIL, subject: `nummer ${n}` })),
    );
    expect(new Set((await mails()).map(({ subject }) => subject)).size).toBe(50);
  });

  it('escapes everything on its pages, and makes links of web addresses only', async () => {
    await transport.sendMail({
      ...MAIL,
      subject: '<img src=x onerror=alert(1)> "&',
      to: 'a&b@school.example',
    });
    const [mail] = await mails();
    const list = (await html('/?to=%22%3E%3Cscript%3E')) + (await html('/'));
    const page = await html(`/mails/${mail!.id}`);
    for (const text of [list, page]) {
      expect(text).not.toMatch(/<script|<img|a&b@/);
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&amp;');
    }
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(page).toContain('<a href="http://127.0.0.1:4101/matches?a=1&amp;b=2" rel="noreferrer">');
    expect(page.match(/<a href="http/g)).toHaveLength(1);
  });

  it('has pages in Dutch that run no script, load nothing and cannot be framed', async () => {
    await transport.sendMail(MAIL);
    const [mail] = await mails();
    for (const place of ['/', `/mails/${mail!.id}`, '/nergens']) {
      const response = await fetch(`${url}${place}`);
      const policy = response.headers.get('content-security-policy')!;
      const text = await response.text();
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)![1]!;
      expect(policy).toMatch(/^default-src 'none'/);
      expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
      expect(policy).toContain("frame-ancestors 'none'");
      expect(text).toContain('<html lang="nl">');
    }
  });

  it('renews the list by itself only when asked, for the same address', async () => {
    expect(await html('/')).not.toContain('http-equiv="refresh"');
    const text = await html('/?to=ans@school.example&renew=1');
    expect(text).toContain('<meta http-equiv="refresh" content="5">');
    expect(text).toContain('value="ans@school.example"');
  });

  it.each([
    '/api/mails/unknown/source',
    '/api/mails/unknown',
    '/mails/unknown',
    '/mails/..%2f..%2fetc',
    '/elsewhere',
  ])('answers "not found" for %s', async (place) => {
    expect((await fetch(`${url}${place}`)).status).toBe(404);
  });

  it('says that a port is taken, and lets go of both when stopped', async () => {
    const second = new MailCatcher();
    await expect(second.start({ host: '127.0.0.1', smtpPort, httpPort: 0 })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await second.stop();
    const third = new MailCatcher();
    const ports = await third.start({ host: '127.0.0.1', smtpPort: 0, httpPort: 0 });
    await third.stop();
    await expect(fetch(`http://127.0.0.1:${ports.httpPort}/`)).rejects.toThrow();
    await expect(
      createTransport({ host: '127.0.0.1', port: ports.smtpPort }).sendMail(MAIL),
    ).rejects.toThrow();
  });
});
