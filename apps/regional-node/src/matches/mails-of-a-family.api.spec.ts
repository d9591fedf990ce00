import { Mailbox } from '../../test/mailbox.js';
import { Mail } from '../mails/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, temporaryFile, type TestNode } from '../../test/test-node.js';

const date = (datum: string) => ({ datum: { type: 'Datum', datum, langFormaat: datum } });
const name = (geslachtsnaam: string, voornamen: string) => ({
  ...{ geslachtsnaam, voornamen, volledigeNaam: `${voornamen} ${geslachtsnaam}` },
});
const passes = (digits: string): boolean =>
  [9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11 === 0;
/** Numbers that pass the 11-test and are nobody's. */
const numbers: string[] = [];
for (let n = 999_930_000; numbers.length < 13; n += 1) if (passes(String(n))) numbers.push(String(n));
const [motherBsn = '', ...children] = numbers;
const mother = { burgerservicenummer: motherBsn, geboorte: date('1980-01-01'), geslacht: { code: 'V' } };
const residence = {
  gemeenteVanInschrijving: { code: '0344' },
  datumInschrijvingInGemeente: date('2019-01-01').datum,
};
const population = [
  { ...mother, ...residence, naam: name('Twaalf', 'Moeder'), ouders: [], kinderen: [] },
  ...children.map((burgerservicenummer, n) => ({
    ...residence,
    ...{ burgerservicenummer, naam: name('Twaalf', `Kind ${n}`), geboorte: date('2012-05-05') },
    ...{ geslacht: { code: 'M' }, kinderen: [] },
    ouders: [{ ...mother, ouderAanduiding: '1', naam: name('Twaalf', 'Moeder') }],
  })),
];
const PEOPLE = ['mn-leerkracht', 'mn-internbegeleider', 'mn-jeugdzorg', 'mn-jeugdarts', 'mn-buurtteam'];

let register: RegisterProcess;
let mailbox: Mailbox;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess(temporaryFile(JSON.stringify(population))).start();
  mailbox = await new Mailbox().start();
  node = await startNode({
    ...{ PERSON_REGISTER_URL: register.url, SMTP_URL: mailbox.url, LOOK_UPS_PER_DAY: '1000' },
    MAIL_COLLECT_SECONDS: '300',
  });
});
afterAll(async () => {
  await node?.stop();
  await mailbox?.stop();
  await register?.stop();
});

/** Twenty signals made 190 mails when each signal had mails of its own and every change was told at once. */
it('twenty signals in a family of twelve are two mails a person at most, in which nobody is named twice', async () => {
  for (let n = 0; n < 20; n += 1) {
    const youth = { bsn: children[n % 12], birthDate: '2012-05-05' };
    const agent = await node.as(PEOPLE[(n + Math.floor(n / 12)) % PEOPLE.length]);
    await agent.post('/signals').send({ youth, informed: 'yes' }).expect(201);
    node.clock.advance(10_000);
  }
  node.clock.advance(300_000);
  await node.told();
  while (await node.dataSource.manager.existsBy(Mail, { state: 'queued' }))
    await new Promise((next) => setTimeout(next, 25));
  const { mails } = mailbox;
  const perPerson = new Map<string, number>();
  for (const { to } of mails) {
    const [address] = [to].flat();
    const receiver = address?.value[0]?.address ?? '';
    perPerson.set(receiver, (perPerson.get(receiver) ?? 0) + 1);
  }
  expect(Math.max(...perPerson.values())).toBeLessThanOrEqual(2);
  expect(mails.length).toBeLessThanOrEqual(45);
  for (const { text = '' } of mails)
    for (const [named] of text.matchAll(/^- .*$/gm)) expect(text.split(named).length - 1).toBe(1);
});
