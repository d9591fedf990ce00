import { Mailbox } from '../../test/mailbox.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Covenants } from '../covenant/index.js';
import { Mail, MailSender } from '../mails/index.js';
import { MatchNotice } from './match-notice.entity.js';
import { MatchNotices, type Notice } from './match-notices.js';
import type { ContactDetails, Lead } from './match-picture.types.js';

let mailbox: Mailbox;
let node: TestNode;
beforeAll(async () => {
  mailbox = await new Mailbox().start();
  node = await startNode({ SMTP_URL: mailbox.url });
});
beforeEach(async () => {
  await node.dataSource.manager.clear(Mail);
  await node.dataSource.manager.clear(MatchNotice);
  mailbox.mails.length = 0;
  mailbox.accept = () => undefined;
});
afterAll(async () => {
  await node.stop();
  await mailbox.stop();
});

const contact = (name: string): ContactDetails => ({
  ...{ name, function: 'leerkracht', organisation: 'De School', phone: '030-000 00 00' },
  email: `${name}@school.voorbeeld.example`,
});
const lead: Lead = {
  contact: contact('leider'),
  leadingRegion: 'midden-nederland',
  leadingBecause: 'residence',
  because: 'organisation-kind',
};
/** A mail about a match without a lead waits for the name; one with a lead leaves at once. */
const notice = (names: readonly string[], more: Partial<Notice> = {}): Notice => ({
  subject: 'signal/1',
  receiver: contact('ontvanger'),
  signalNumber: 'MN-2026-000001',
  involved: names.map((name) => ({
    kind: 'same-youth',
    entry: {
      ...{ entryId: name, region: 'midden-nederland', kind: 'school', contactMade: [] },
      filedAt: node.clock.now(),
      contact: contact(name),
    },
  })),
  possible: [],
  leadIsReceiver: false,
  ...more,
});
const know = async (what: Notice) => {
  const { document } = await node.app.get(Covenants, { strict: false }).current();
  await node.dataSource.transaction((manager) =>
    node.app.get(MatchNotices, { strict: false }).update(manager, document, what),
  );
  node.app.get(MailSender, { strict: false }).wake();
};
const queued = () => node.dataSource.manager.countBy(Mail, { state: 'queued' });
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 10_000) throw new Error('it did not come to that');
    await new Promise((next) => setTimeout(next, 25));
  }
}
const sent = (count: number) =>
  until(async () => (await node.dataSource.manager.countBy(Mail, { state: 'sent' })) === count);

describe('who leads', () => {
  it('is not told again when the same person leads by another signal of theirs', async () => {
    await know(notice(['anna'], { lead: { ...lead, entryId: 'one' } }));
    await sent(1);
    await know(notice(['anna'], { lead: { ...lead, entryId: 'other' } }));
    expect([await queued(), await node.dataSource.manager.count(Mail)]).toEqual([0, 1]);
  });
  it('is told when it passes to or from the receiver, though both have the same address', async () => {
    const receiver = { ...contact('ontvanger'), email: lead.contact.email };
    for (const [at, leadIsReceiver] of [false, true, false].entries()) {
      await know(notice(['anna'], { receiver, lead, leadIsReceiver }));
      await sent(at + 1);
    }
    expect(mailbox.mails.map(({ text }) => text?.includes('dat bent u'))).toEqual([false, true, false]);
  });
});

describe('the Message-ID', () => {
  const withPhone = (phone: string): Notice => {
    const told = notice(['anna']); // without a lead, so that it waits and nothing of it is sent
    return {
      ...told,
      involved: told.involved.map(({ kind, entry }) => ({
        kind,
        entry: { ...entry, contact: { ...entry.contact, phone } },
      })),
    };
  };
  /** Of the first mail of a node that remembers nothing of any, as after a restored backup. */
  const idOf = async (what: Notice): Promise<string> => {
    await node.dataSource.manager.clear(Mail);
    await node.dataSource.manager.clear(MatchNotice);
    await know(what);
    const [mail] = await node.dataSource.manager.find(Mail);
    return mail!.messageId;
  };

  it('is the same for what is told again, and another for another text', async () => {
    const before = await idOf(withPhone('030-000 00 01'));
    expect(await idOf(withPhone('030-000 00 01'))).toBe(before);
    expect(await idOf(withPhone('030-000 00 02'))).not.toBe(before);
  });
});

describe('what changes back before its mail has left', () => {
  it('is not told, and the mail before it is not sent again', async () => {
    await know(notice(['anna'], { lead }));
    await sent(1);
    await know(notice(['anna', 'bart']));
    expect(await queued()).toBe(1);
    await know(notice(['anna'], { lead }));
    expect(await queued()).toBe(0);
    await know(notice(['anna', 'bart'], { lead }));
    await sent(2);
    expect(mailbox.mails.map(({ text }) => text?.includes('bart'))).toEqual([false, true]);
  });

  it('is not told to end either, when it was never told to begin', async () => {
    await know(notice(['anna']));
    await know(notice([]));
    expect(await node.dataSource.manager.count(Mail)).toBe(0);
  });

  it('is told as something new, not as a change, to somebody who was told nothing yet', async () => {
    await know(notice(['anna']));
    await know(notice(['anna', 'bart'], { lead }));
    await sent(1);
    expect(mailbox.mails[0]!.text).toContain('Er is een match');
  });

  it('is told all the same when the mail server was tried in vain: nobody knows what arrived', async () => {
    mailbox.accept = () => {
      throw new Error('not now');
    };
    await know(notice(['anna'], { lead }));
    await until(async () => (await node.dataSource.manager.find(Mail))[0]?.lastErrorKind != null);
    await know(notice(['anna', 'bart']));
    mailbox.accept = () => undefined;
    await know(notice(['anna'], { lead }));
    await sent(1);
    expect(mailbox.mails[0]!.text).toContain('anna');
  });
});
