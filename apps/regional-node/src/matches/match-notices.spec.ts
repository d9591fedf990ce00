import { createHash } from 'node:crypto';
import { Mailbox } from '../../test/mailbox.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Mail } from '../mails/index.js';
import { MatchNotice } from './match-notice.entity.js';
import { MatchMails } from './match-mails.js';
import { MatchNotices, type Notice } from './match-notices.js';
import type { ContactDetails, Lead } from './match-picture.types.js';

let mailbox: Mailbox;
let node: TestNode;
beforeAll(async () => {
  mailbox = await new Mailbox().start();
  node = await startNode({ SMTP_URL: mailbox.url, MAIL_COLLECT_SECONDS: '300' });
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
const RECEIVER = '11111111-1111-4111-8111-111111111111';
const lead: Lead = {
  contact: contact('leider'),
  leadingRegion: 'midden-nederland',
  leadingBecause: 'residence',
  because: 'organisation-kind',
};
/** A mail about a match without a lead waits for the name; one with a lead leaves at once. */
const notice = (names: readonly string[], more: Partial<Notice> = {}): Notice => ({
  subject: 'signal/1',
  receiver: { id: RECEIVER, ...contact('ontvanger') },
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
  await node.dataSource.transaction((manager) =>
    node.app.get(MatchNotices, { strict: false }).update(manager, what),
  );
  node.app.get(MatchMails, { strict: false }).wake();
};
/** Time enough for what has changed to be told. */
const collected = () => node.clock.advance(300_000);
const queued = () => node.dataSource.manager.countBy(Mail, { state: 'queued' });
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 10_000) throw new Error('it did not come to that');
    await new Promise((next) => setTimeout(next, 25));
  }
}
const sent = (count: number) =>
  until(async () => (await node.dataSource.manager.countBy(Mail, { state: 'sent' })) === count);
/** Whatever there was to tell has been told, or waits. */
async function looked(): Promise<void> {
  const mails = node.app.get(MatchMails, { strict: false });
  await mails.tellAll();
}
const texts = () => mailbox.mails.map(({ text }) => text ?? '');

describe('who leads', () => {
  it('is not told again when the same person leads by another signal of theirs', async () => {
    await know(notice(['anna'], { lead: { ...lead, entryId: 'one' } }));
    await sent(1);
    collected();
    await know(notice(['anna'], { lead: { ...lead, entryId: 'other' } }));
    await looked();
    expect([await queued(), await node.dataSource.manager.count(Mail)]).toEqual([0, 1]);
  });
  it('is told when it passes to or from the receiver, though both have the same address', async () => {
    const receiver = { ...contact('ontvanger'), id: RECEIVER, email: lead.contact.email };
    for (const [at, leadIsReceiver] of [false, true, false].entries()) {
      await know(notice(['anna'], { receiver, lead, leadIsReceiver }));
      await sent(at + 1);
      collected();
    }
    expect(texts().map((text) => text.includes('dat bent u'))).toEqual([false, true, false]);
  });
});

describe('the Message-ID', () => {
  const withPhone = (phone: string): Notice => {
    const told = notice(['anna'], { lead });
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
    await sent(1);
    const [mail] = await node.dataSource.manager.find(Mail);
    return mail!.messageId;
  };

  it('is the same for what is told again, and another for another text', async () => {
    const before = await idOf(withPhone('030-000 00 01'));
    expect(await idOf(withPhone('030-000 00 01'))).toBe(before);
    expect(await idOf(withPhone('030-000 00 02'))).not.toBe(before);
  });
});

describe('what changes after a mail', () => {
  it('is one mail five minutes later, which says who is new and who has gone', async () => {
    await know(notice(['anna'], { lead }));
    await sent(1);
    for (const names of [['anna', 'bart'], ['bart'], ['bart', 'cor']]) {
      node.clock.advance(60_000);
      await know(notice(names, { lead }));
      await looked();
    }
    expect(await node.dataSource.manager.count(Mail)).toBe(1);
    node.clock.advance(119_999);
    await looked();
    expect(await node.dataSource.manager.count(Mail)).toBe(1);
    node.clock.advance(1);
    await looked();
    await sent(2);
    expect(texts()[1]).toMatch(/er zijn 2 mensen bij gekomen, iemand is niet meer betrokken/);
    expect(texts()[1]).toMatch(/Niet meer betrokken:\n- anna/);
  });

  it('is told at once when nothing was told for five minutes', async () => {
    await know(notice(['anna'], { lead }));
    await sent(1);
    collected();
    await know(notice(['anna', 'bart'], { lead }));
    await sent(2);
  });

  it('is not told when it changes back before', async () => {
    await know(notice(['anna'], { lead }));
    await sent(1);
    await know(notice(['anna', 'bart'], { lead }));
    await know(notice(['anna'], { lead }));
    collected();
    await looked();
    expect(await node.dataSource.manager.count(Mail)).toBe(1);
  });

  it('is not told to end either, when it was never told to begin', async () => {
    await know(notice(['anna']));
    await know(notice([]));
    await looked();
    expect(await node.dataSource.manager.count(Mail)).toBe(0);
  });

  it('is told as something new, not as a change, to somebody who was told nothing yet', async () => {
    await know(notice(['anna']));
    await looked();
    expect(await node.dataSource.manager.count(Mail)).toBe(0);
    await know(notice(['anna', 'bart'], { lead }));
    await sent(1);
    expect(texts()[0]).toContain('Er is een match');
  });

  it('replaces a mail that could not be sent, however soon: nobody knows what arrived', async () => {
    mailbox.accept = () => {
      throw new Error('not now');
    };
    await know(notice(['anna', 'bart'], { lead }));
    await until(async () => (await node.dataSource.manager.find(Mail))[0]?.lastErrorKind != null);
    await know(notice(['anna'], { lead }));
    await until(async () => (await node.dataSource.manager.find(Mail))[0]?.lastErrorKind == null);
    mailbox.accept = () => undefined;
    collected();
    await sent(1);
    expect(texts()).toEqual([expect.not.stringContaining('bart')]);
  });

  it('is told after LEAD_PATIENCE_SECONDS without a lead, and the name by another mail', async () => {
    await know(notice(['anna']));
    await looked();
    expect(await queued()).toBe(0);
    collected();
    await sent(1);
    expect(texts()[0]).toContain('de naam volgt');
    collected();
    await know(notice(['anna'], { lead }));
    await sent(2);
    expect(texts()[1]).toContain('is gewijzigd: de matchregisseur is bekend.');
  });
});

describe('several matches of one receiver', () => {
  const other = (names: readonly string[]) =>
    notice(names, { subject: 'signal/2', signalNumber: 'MN-2026-000002', lead });

  it('that share somebody are one mail, in which nobody is named twice', async () => {
    await node.dataSource.transaction(async (manager) => {
      const notices = node.app.get(MatchNotices, { strict: false });
      await notices.update(manager, notice(['anna', 'bart'], { lead }));
      await notices.update(manager, other(['bart', 'anna']));
    });
    await looked();
    await sent(1);
    expect(texts()[0]!.split('anna@school').length - 1).toBe(1);
    expect(mailbox.mails[0]!.subject).toContain('bij uw signalen MN-2026-000001 en MN-2026-000002');
  });

  it('that share nobody are told apart, the second at once too', async () => {
    await know(notice(['anna'], { lead }));
    await sent(1);
    await know(other(['cor']));
    await sent(2);
    expect(texts()[1]).not.toContain('anna');
  });
});

describe('whoever is told', () => {
  const standIn = { ...contact('waarnemer'), id: '22222222-2222-4222-8222-222222222222' };
  const told = () =>
    mailbox.mails.map(({ to, subject }) => {
      const [address] = Array.isArray(to) ? to : [to];
      return `${address?.value[0]?.address?.split('@')[0]}: ${subject?.includes('beëindigd') ? 'over' : 'match'}`;
    });

  it('is told that it is over when somebody else is told instead', async () => {
    await know(notice(['anna'], { lead }));
    await sent(1);
    collected();
    await know(notice(['anna'], { lead, receiver: standIn }));
    await sent(3);
    expect(told().sort()).toEqual(['ontvanger: match', 'ontvanger: over', 'waarnemer: match']);
  });

  it('is not told so while a colleague stands in, who is told in the end', async () => {
    await know(notice(['anna'], { lead, filerId: RECEIVER }));
    await sent(1);
    collected();
    await know(notice(['anna'], { lead, filerId: RECEIVER, receiver: standIn, standsInFor: 'ontvanger' }));
    await sent(2);
    collected();
    await know(notice(['anna'], { lead, filerId: RECEIVER }));
    await sent(3);
    expect(told()).toEqual(['ontvanger: match', 'waarnemer: match', 'waarnemer: over']);
  });

  it('is told that it is over when the signal ends, unless it was their own', async () => {
    const standingIn = { lead, receiver: standIn, standsInFor: 'ontvanger' };
    await know(notice(['anna'], standingIn));
    await sent(1);
    collected();
    await node.dataSource.transaction((manager) =>
      node.app.get(MatchNotices, { strict: false }).forget(manager, '1', RECEIVER),
    );
    await looked();
    await sent(2);
    expect(told()).toEqual(['waarnemer: match', 'waarnemer: over']);
    await looked();
    expect(await node.dataSource.manager.count(MatchNotice)).toBe(0);
  });
});

describe('what an older release told', () => {
  const OLD = '00000000-0000-0000-0000-000000000000';
  /** As 0.1.0 computed it. */
  const contentOf = (names: readonly string[]) =>
    createHash('sha256')
      .update(
        JSON.stringify({
          receiver: contact('ontvanger').email,
          involved: names.map((name) => `same-youth ${name} midden-nederland ${contact(name).email}`).sort(),
          lead: [lead.leadingRegion, lead.because, lead.contact.email],
        }),
      )
      .digest();
  beforeEach(async () => {
    const content = contentOf(['anna']);
    const old = { subject: 'signal/1', receiverId: OLD, content, told: content, n: 1 };
    await node.dataSource.manager.insert(MatchNotice, { ...old, firstAt: node.clock.now() });
  });

  it('is not told again', async () => {
    await know(notice(['anna'], { lead }));
    await looked();
    expect(await node.dataSource.manager.count(Mail)).toBe(0);
    expect(await node.dataSource.manager.find(MatchNotice)).toMatchObject([{ receiverId: RECEIVER, n: 1 }]);
  });

  it('is told when it has changed', async () => {
    await know(notice(['anna', 'bart'], { lead }));
    await sent(1);
    expect(texts()[0]).toContain('bart');
  });
});
