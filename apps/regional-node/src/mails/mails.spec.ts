import { DAY, HOUR, MINUTE, SECOND } from '#libs/clock';
import { Mailbox } from '../../test/mailbox.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Mail, MailQueue, MailSender, type OutgoingMail } from './index.js';
import { backOff } from './mail-sender.js';

let mailbox: Mailbox;
let node: TestNode;
let queue: MailQueue;
let sender: MailSender;
beforeAll(async () => {
  mailbox = await new Mailbox().start();
  node = await startNode({ SMTP_URL: mailbox.url });
  queue = node.app.get(MailQueue, { strict: false });
  sender = node.app.get(MailSender, { strict: false });
});
beforeEach(async () => {
  await node.dataSource.manager.clear(Mail);
  mailbox.mails.length = 0;
  mailbox.accept = () => undefined;
});
afterAll(async () => {
  await node.stop();
  await mailbox.stop();
});

const mail = (change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: 'anna@voorbeeld.example',
  subject: 'Match bij signaal MN-2026-000001',
  text: 'Neem contact op met Dewi.',
  messageId: 'match-1@midden-nederland.voorbeeld.example',
  ...change,
});
const queued = async (...mails: OutgoingMail[]) => {
  await node.dataSource.transaction(async (manager) => {
    for (const each of mails) await queue.queue(manager, each);
  });
  sender.wake();
};
const stored = () => node.dataSource.manager.find(Mail, { order: { createdAt: 'asc', messageId: 'asc' } });
async function until(condition: (mails: Mail[]) => boolean): Promise<Mail[]> {
  for (let tries = 0; tries < 10_000; tries += 1) {
    const mails = await stored();
    if (condition(mails)) return mails;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error('it did not come to that');
}

describe('mails about one matter', () => {
  it('leave at once until there were twenty within an hour; of the rest the last waits, however often it is replaced', async () => {
    const said = (n: number) =>
      mail({ messageId: `${n}@x.example`, supersedesKey: 'signal/1', text: `${n}` });
    for (let n = 1; n <= 20; n++) {
      await queued(said(n));
      await until((mails) => mails.filter(({ state }) => state === 'sent').length === n);
    }
    await queued(said(21), mail({ messageId: 'other@x.example', supersedesKey: 'signal/2' }));
    await queued(said(22));
    await until((all) => all.filter(({ state }) => state === 'sent').length === 21);
    // whatever is due later leaves before it
    await queued(mail({ messageId: 'third@x.example', supersedesKey: 'signal/3' }));
    const mails = await until((all) => all.filter(({ state }) => state === 'sent').length === 22);
    const [waiting] = mails.filter(({ state }) => state === 'queued');
    expect(waiting).toMatchObject({ messageId: '22@x.example' });
    expect(waiting!.notBefore).toEqual(new Date(mails[0]!.sentAt!.getTime() + HOUR));
  });
});

describe('a mail that is being sent when the next about the same matter comes', () => {
  it('counts as sent, so that nobody is told more often by changes that follow each other closely', async () => {
    const said = (n: number) => mail({ messageId: `${n}@x.example`, supersedesKey: 'signal/1' });
    await queued({ ...said(1), notBefore: new Date(node.clock.now().getTime() + HOUR) });
    await node.dataSource.manager.update(Mail, { state: 'queued' }, { attempts: 1 });
    await queued(said(2));
    const mails = await until((all) => all.every(({ state }) => state === 'sent'));
    expect(mails.map(({ messageId }) => messageId)).toEqual(['1@x.example', '2@x.example']);
  });
});

describe('a queued mail', () => {
  it('is sent as plain text and HTML with its own id, once, and its text is emptied', async () => {
    await queued(mail());
    const [received] = await mailbox.has(1);
    expect(received).toMatchObject({
      subject: 'Match bij signaal MN-2026-000001',
      text: 'Neem contact op met Dewi.',
      messageId: '<match-1@midden-nederland.voorbeeld.example>',
      date: node.clock.now(),
      html: expect.stringContaining('Neem contact op met Dewi.</p>'),
    });
    expect(received!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(received!.from?.value).toEqual([
      { name: 'Verwijsindex', address: 'verwijsindex@midden-nederland.voorbeeld.example' },
    ]);
    const [row] = await until(([first]) => first?.state === 'sent');
    expect(row).toMatchObject({ bodySealed: null, sentAt: node.clock.now(), attempts: 1 });
    await queued(mail({ text: 'Nogmaals.' }));
    await new Promise((next) => setTimeout(next, 200));
    expect(mailbox.mails).toHaveLength(1);
  });

  it('is not readable in the database', async () => {
    await queued(mail({ notBefore: new Date(node.clock.now().getTime() + MINUTE) }));
    const [row] = await stored();
    expect(row!.bodySealed!.includes('Dewi')).toBe(false);
  });

  it('is not sent when the transaction is undone', async () => {
    await expect(
      node.dataSource.transaction(async (manager) => {
        await queue.queue(manager, mail());
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    sender.wake();
    await new Promise((next) => setTimeout(next, 200));
    expect([await stored(), mailbox.mails]).toEqual([[], []]);
  });

  it('waits for its time', async () => {
    await queued(mail({ notBefore: new Date(node.clock.now().getTime() + 5 * MINUTE) }));
    await new Promise((next) => setTimeout(next, 200));
    expect(mailbox.mails).toHaveLength(0);
    node.clock.advance(5 * MINUTE);
    sender.wake();
    expect(await mailbox.has(1)).toHaveLength(1);
  });

  it('is replaced by a newer one of its key while it waits, and not once it was sent', async () => {
    const later = { notBefore: new Date(node.clock.now().getTime() + MINUTE), supersedesKey: 'signal/1' };
    await queued(
      mail({ ...later, messageId: 'a@x.example', text: 'oud' }),
      mail({ ...later, messageId: 'b@x.example', text: 'nieuw' }),
      mail({ ...later, messageId: 'c@x.example', text: 'ander', supersedesKey: 'signal/2' }),
    );
    node.clock.advance(MINUTE);
    sender.wake();
    await until((mails) => mails.length === 2 && mails.every(({ state }) => state === 'sent'));
    expect(mailbox.mails.map(({ text }) => text?.trim()).sort()).toEqual(['ander', 'nieuw']);
    await queued(mail({ messageId: 'd@x.example', text: 'vervolg', supersedesKey: 'signal/1' }));
    expect((await mailbox.has(3)).at(-1)?.text).toBe('vervolg');
  });

  it('goes out once however many senders look at the same moment', async () => {
    const others = [1, 2].map(
      () =>
        new MailSender(
          node.dataSource,
          sender['sealingKey'],
          sender['audit'],
          node.clock,
          node.config,
          sender['logger'],
        ),
    );
    await queued(...Array.from({ length: 25 }, (_, n) => mail({ messageId: `${n}@x.example` })));
    for (const other of others) other.wake();
    await until((mails) => mails.every(({ state }) => state === 'sent'));
    await Promise.all(others.map((other) => other.onApplicationShutdown()));
    expect(mailbox.mails.map(({ messageId }) => messageId).sort()).toEqual(
      Array.from({ length: 25 }, (_, n) => `<${n}@x.example>`).sort(),
    );
  });

  it('that is refused is tried again, ever more slowly, while the operator sees it', async () => {
    mailbox.accept = () => {
      throw new Error('mailbox full of Dewi');
    };
    await queued(mail());
    await until(([row]) => row?.lastErrorKind !== null);
    const operator = await node.as('mn-beheerder');
    const { body } = await operator.get('/mails/undelivered').expect(200);
    expect(body.mails).toEqual([
      expect.objectContaining({ toAddress: 'anna@voorbeeld.example', state: 'queued', attempts: 1 }),
    ]);
    expect(JSON.stringify(body)).not.toContain('Dewi');
    mailbox.accept = () => undefined;
    node.clock.advance(SECOND);
    sender.wake();
    await mailbox.has(1);
    await until(([row]) => row?.state === 'sent');
    expect((await operator.get('/mails/undelivered')).body).toEqual({ mails: [] });
  });

  it('is given up after five days, emptied, and stays in sight of the operator', async () => {
    mailbox.accept = () => {
      throw new Error('no');
    };
    await queued(mail());
    await until(([row]) => row?.lastErrorKind !== null);
    node.clock.advance(5 * DAY);
    sender.wake();
    const [row] = await until(([first]) => first?.state === 'failed');
    expect(row).toMatchObject({ bodySealed: null, attempts: 2 });
    const { body } = await (await node.as('mn-beheerder')).get('/mails/undelivered').expect(200);
    expect(body.mails).toEqual([expect.objectContaining({ state: 'failed' })]);
  });

  it('that was accepted while the database takes nothing is noted later, and not sent again', async () => {
    await node.dataSource.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
      create trigger refuse before update on mail for each row when (new.state = 'sent') execute function refuse()`);
    await queued(mail());
    await until(() => mailbox.mails.length === 1);
    await new Promise((next) => setTimeout(next, 1_500));
    await node.dataSource.query('drop trigger refuse on mail; drop function refuse');
    await until(([sent]) => sent?.state === 'sent');
    node.clock.advance(3 * MINUTE);
    await queued(mail({ messageId: 'match-2@midden-nederland.voorbeeld.example' }));
    await until((mails) => mails.every(({ state }) => state === 'sent'));
    expect(mailbox.mails).toHaveLength(2);
  });

  it('of a sender that died is taken over by another after two minutes', async () => {
    await queued(mail({ notBefore: new Date(node.clock.now().getTime() + MINUTE) }));
    // as a sender leaves it that claimed the mail and was killed
    await node.dataSource.query(`update mail set attempts = 1, not_before = $1`, [
      new Date(node.clock.now().getTime() + 2 * MINUTE),
    ]);
    node.clock.advance(2 * MINUTE);
    sender.wake();
    expect(await mailbox.has(1)).toHaveLength(1);
  });
});

describe('a clock that was ahead and is put right', () => {
  it('does not hold up what was claimed or put off meanwhile', async () => {
    node.clock.advance(6 * HOUR);
    await queued(mail({ notBefore: new Date(node.clock.now().getTime() + MINUTE) }));
    node.clock.advance(-6 * HOUR);
    sender.wake();
    expect(await mailbox.has(1)).toHaveLength(1);
  });
});

describe('the pause before another attempt', () => {
  it('doubles from one second to ten minutes', () => {
    expect([1, 2, 3, 9, 10, 11, 100].map((attempts) => backOff(attempts) / SECOND)).toEqual([
      1, 2, 4, 256, 512, 600, 600,
    ]);
  });
});
