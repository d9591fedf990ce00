import { Mailbox } from '../../test/mailbox.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { Mail, MailQueue, MailSender } from '../mails/index.js';
import { ContactReminders } from './index.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked at as they come
type Body = any;

const ANNA = 'anna.de.wit@utrecht.voorbeeld.example';

let mailbox: Mailbox;
let node: TestNode;
beforeAll(async () => {
  mailbox = await new Mailbox().start();
});
afterAll(() => mailbox.stop());
beforeEach(async () => {
  mailbox.mails.length = 0;
  mailbox.unknown.clear();
  node = await startNode({ SMTP_URL: mailbox.url });
});
afterEach(() => node.stop());

const anna = () => node.dataSource.manager.findOneByOrFail(Professional, { subject: 'mn-leerkracht' });
const get = async (subject: string, path: string): Promise<Body> =>
  (await (await node.as(subject)).get(path).expect(200)).body;
const actions = async (action: AuditLine['action']) =>
  (await node.dataSource.manager.findBy(AuditLine, { action })).map(({ fields }) => fields);
const remind = () => node.app.get(ContactReminders, { strict: false }).run(() => false);

describe('contact details', () => {
  it('are asked for when the covenant says so, once, and confirmed by whom they are of', async () => {
    node.clock.set(new Date('2027-05-23T21:59:59Z'));
    expect(await remind()).toBe(0);
    node.clock.set(new Date('2027-05-23T22:00:00Z'));
    const everybody = await node.dataSource.manager.count(Professional);
    expect(await remind()).toBe(everybody);
    expect(await remind()).toBe(0);
    node.app.get(MailSender, { strict: false }).wake();
    const mails = await mailbox.has(everybody);
    expect(mails).toHaveLength(everybody);
    expect(mails.find(({ to }) => JSON.stringify(to).includes(ANNA))).toMatchObject({
      subject: 'Verwijsindex Midden Nederland: kloppen uw contactgegevens nog?',
      text: expect.stringContaining('http://127.0.0.1:8080'),
    });
    const { id } = await anna();
    const doubted = async () => (await get('mn-beheerder', '/contacts/doubted')).contacts as Body[];
    expect((await doubted()).map((contact) => contact.id)).toContain(id);
    await (await node.as('mn-internbegeleider')).post(`/professionals/${id}/_confirm-contact`).expect(404);
    const { body } = await (
      await node.as('mn-leerkracht')
    )
      .post(`/professionals/${id}/_confirm-contact`)
      .expect(200);
    expect(body).toEqual({ confirmedOn: '2027-05-24', confirmBefore: '2027-11-24' });
    expect((await doubted()).map((contact) => contact.id)).not.toContain(id);
    expect(await actions('contact-confirmed')).toEqual([{ professional: id }]);
    node.clock.set(new Date('2027-11-24T12:00:00Z'));
    expect(await remind()).toBe(1);
  });

  it('are doubted when a mail server refuses the address for good; the mail is not tried again', async () => {
    mailbox.unknown.add(ANNA);
    await node.dataSource.transaction((manager) =>
      node.app.get(MailQueue, { strict: false }).queue(manager, {
        to: ANNA,
        subject: 'Match',
        text: 'Er is een match.',
        messageId: 'match@midden-nederland.verwijsindex',
      }),
    );
    node.app.get(MailSender, { strict: false }).wake();
    for (let tries = 0; (await anna()).emailRefusedAt === null; tries += 1) {
      if (tries > 10_000) throw new Error('the address is not doubted');
      await new Promise((next) => setTimeout(next, 25));
    }
    const { id } = await anna();
    const refused = { confirmedOn: '2026-11-24', emailRefusedAt: '2026-11-24T10:00:00.000Z' };
    expect((await get('mn-leerkracht', '/me')).contact).toMatchObject(refused);
    expect((await get('mn-coordinator', '/professionals')).professionals[0]).toMatchObject({
      id,
      contact: refused,
    });
    expect((await get('mn-beheerder', '/contacts/doubted')).contacts).toEqual([
      {
        ...{ id, name: 'Anna de Wit', organisation: 'Basisschool De Linde' },
        ...{ ...refused, confirmBefore: '2027-05-24' },
      },
    ]);
    expect(await actions('contact-doubted')).toEqual([{ professional: id }]);
    for (let tries = 0; !(await node.dataSource.manager.existsBy(Mail, { state: 'failed' })); tries += 1) {
      if (tries > 10_000) throw new Error('the mail was not given up');
      await new Promise((next) => setTimeout(next, 25));
    }
    await (
      await node.as('mn-coordinator')
    )
      .patch(`/professionals/${id}`)
      .send({ email: 'a.de.wit@utrecht.voorbeeld.example' })
      .expect(200);
    // the new address counts, and ends the doubt, when its owner confirms it
    expect((await get('mn-beheerder', '/contacts/doubted')).contacts).toHaveLength(1);
    const [change] = (await get('mn-leerkracht', '/me')).contactChanges;
    await (await node.as('mn-leerkracht')).post(`/contact-changes/${change.id}/_confirm`).expect(204);
    expect((await get('mn-beheerder', '/contacts/doubted')).contacts).toEqual([]);
  });
});
