import { randomUUID } from 'node:crypto';
import { momentInAmsterdam } from '#libs/calendar';
import { DAY } from '#libs/clock';
import {
  openLetter,
  sealLetter,
  type CaseForwardLetter,
  type Letter,
  type LetterSend,
  type MoveLetter,
} from '#libs/protocol';
import {
  only,
  OWN,
  SANNE,
  startFederatedNode,
  TODAY,
  type FederatedNode,
} from '../../test/federated-node.js';
import { AuditLine } from '../audit/index.js';
import { Mail } from '../mails/index.js';
import type { Signal } from '../youths/index.js';
import { LettersConsumer } from './letters.consumer.js';
import { ReceivedLetter, SentLetter } from './index.js';

const [LEIDEN, ALPHEN, ROTTERDAM, AMERSFOORT] = ['0546', '0484', '0599', '0307'];
type Region = 'jeugdmatch' | 'rijnmond';

let node: FederatedNode<Region>;
beforeAll(async () => {
  node = await startFederatedNode<Region>({
    [OWN]: { municipalities: ['0344', AMERSFOORT] },
    jeugdmatch: { municipalities: [LEIDEN, ALPHEN] },
    rijnmond: { municipalities: [ROTTERDAM] },
  });
});
beforeEach(() => node.startOver());
afterEach(() => moves({ gemeenteVanInschrijving: '0344', geheimhouding: false }));
afterAll(() => node?.stop());

const moves = (change: object) => node.register.change(SANNE.bsn, change);
/** The letters that wait to be sent, as the regions that they are for read them. */
async function sent(): Promise<{ to: string; letter: Letter }[]> {
  const rows = await node.dataSource.query<{ body: LetterSend }[]>(
    `select body from outbox_message where type = 'letter.send' order by id`,
  );
  return Promise.all(
    rows.map(async ({ body: { toRegion: to, ...sealed } }) => {
      const { [to as Region]: keys, [OWN]: own } = node.cards;
      return { to, letter: await openLetter(sealed, { from: OWN, to }, keys, own.publicKey) };
    }),
  );
}
/** Another region sends letters. */
async function receive(from: Region, letters: Letter[], sealedBy = node.cards[from]): Promise<void> {
  const bodies = await Promise.all(
    letters.map(async (letter) => ({
      ...(await sealLetter(letter, { from, to: OWN }, sealedBy, node.cards[OWN].publicKey)),
      fromRegion: from,
    })),
  );
  const consumer = node.app.get(LettersConsumer, { strict: false });
  await node.receive('letter.deliver', bodies, (context) => consumer.delivered(bodies, context));
}
const counts = async () => {
  const { body } = await (await node.as('mn-beheerder')).get('/federation').expect(200);
  return (body as { letters: Record<string, number> }).letters;
};
const NOTHING = { told: 0, beingErased: 0, erased: 0, waiting: 0, placed: 0, forgotten: 0 };

describe('a youth who moves to a municipality of another region', () => {
  beforeEach(async () => {
    await node.file('mn-leerkracht');
    await moves({ gemeenteVanInschrijving: LEIDEN });
    await node.at('2026-11-25');
  });

  it('is told there: the municipality and who has a signal, and nothing about the youth', async () => {
    const told = only(await sent());
    expect(told).toEqual({
      to: 'jeugdmatch',
      letter: {
        ...{ v: 1, kind: 'move', id: expect.any(String), version: { incarnation: 1, n: 1 } },
        ...{ municipality: LEIDEN, professionals: [await node.contactOf('mn-leerkracht')], more: 0 },
        validUntil: new Date(node.clock.now().getTime() + 35 * DAY).toISOString(),
      },
    });
    expect(JSON.stringify(told)).not.toMatch(/Sanne|Voorbeeld|9999|2012/);
    expect(await counts()).toEqual({ ...NOTHING, told: 1 });
  });

  it('is told once, and again weekly by the same letter, and when something has changed', async () => {
    const first = only(await sent()).letter as MoveLetter;
    const later = async (day: string, n: number) => {
      await node.at(day);
      const letter = only(await sent()).letter as MoveLetter;
      expect([letter.id, letter.version]).toEqual([first.id, { incarnation: 1, n }]);
      return letter;
    };
    await later('2026-11-26', 1);
    await later('2026-12-01', 1);
    expect(Date.parse((await later('2026-12-02', 2)).validUntil)).toBe(
      Date.parse(first.validUntil) + 7 * DAY,
    );
    const other = await node.file('mn-jeugdzorg');
    const both = [await node.contactOf('mn-leerkracht'), await node.contactOf('mn-jeugdzorg')];
    expect((await later('2026-12-02', 3)).professionals).toEqual(both);
    await node.end('mn-jeugdzorg', other);
    expect((await later('2026-12-02', 4)).professionals).toEqual(both.slice(0, 1));
    await node.loseRelay();
    await later('2026-12-03', 5);
  });

  it('whose address becomes protected is taken back, until the other region says that it forgot', async () => {
    const { letter: told } = only(await sent());
    await moves({ geheimhouding: true });
    await node.at('2026-11-26');
    const { to, letter: erase } = only(await sent());
    expect([to, erase]).toMatchObject(['jeugdmatch', { kind: 'erase', id: told.id }]);
    await node.at('2026-11-27');
    const { n } = only(await sent()).letter.version;
    expect(n).toBe(erase.version.n + 1);
    expect(await node.dataSource.manager.find(SentLetter)).toMatchObject([{ youthId: null, content: null }]);
    expect(await counts()).toEqual({ ...NOTHING, beingErased: 1 });
    const receipt = (of: number) =>
      ({ v: 1, kind: 'erase-receipt', id: told.id, version: { incarnation: 1, n: of } }) as const;
    await receive('rijnmond', [receipt(n)]);
    await receive('jeugdmatch', [receipt(n - 1)]);
    expect(await counts()).toEqual({ ...NOTHING, beingErased: 1 });
    await receive('jeugdmatch', [receipt(n)]);
    expect(await counts()).toEqual({ ...NOTHING, erased: 1 });
    await node.at('2026-12-30');
    await node.at('2026-12-31');
    expect(await counts()).toEqual(NOTHING);
  });

  it('is taken back with the last signal, and where the youth lived before when they move on', async () => {
    await moves({ gemeenteVanInschrijving: ROTTERDAM });
    await node.at('2026-11-26');
    const said = (await sent()).map(({ to, letter: { kind } }) => `${kind} ${to}`);
    expect(said.sort()).toEqual(['erase jeugdmatch', 'move rijnmond']);
    await moves({ gemeenteVanInschrijving: '0344' });
    await node.at('2026-11-27');
    expect((await sent()).map(({ letter }) => letter.kind)).toEqual(['erase', 'erase']);
    await moves({ gemeenteVanInschrijving: ALPHEN });
    await node.at('2026-11-28');
    expect(await counts()).toEqual({ ...NOTHING, told: 1, beingErased: 2 });
    const [{ id }] = (await (await node.as('mn-leerkracht')).get('/signals').expect(200)).body.signals;
    await node.end('mn-leerkracht', { id });
    expect(await counts()).toEqual({ ...NOTHING, beingErased: 3 });
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'letter-taken-back' })).toBe(3);
  });
});

describe('a move that the person register tells to somebody who files', () => {
  it('is passed on at once', async () => {
    await node.file('mn-leerkracht');
    await moves({ gemeenteVanInschrijving: LEIDEN });
    node.clock.set(momentInAmsterdam(TODAY, '12:01'));
    await node.file('mn-jeugdzorg');
    expect(only(await sent()).letter).toMatchObject({
      ...{ kind: 'move', municipality: LEIDEN },
      professionals: [await node.contactOf('mn-leerkracht'), await node.contactOf('mn-jeugdzorg')],
    });
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'move-told' })).toBe(2);
  });
});

describe('a youth with a protected address', () => {
  it('is told nowhere', async () => {
    await node.file('mn-leerkracht');
    await moves({ gemeenteVanInschrijving: LEIDEN, geheimhouding: true });
    await node.at('2026-11-25');
    await moves({ gemeenteVanInschrijving: ALPHEN, geheimhouding: true });
    await node.at('2026-11-26');
    expect(await sent()).toEqual([]);
    expect(await counts()).toEqual(NOTHING);
  });
});

describe('what another region tells', () => {
  const person = {
    ...{ name: 'M. de Proef', function: 'leerkracht', organisation: 'College De Burcht' },
    ...{ phone: '071-000 00 01', email: 'm.deproef@burcht.voorbeeld.example' },
  };
  const letter = (change: Partial<MoveLetter> = {}): MoveLetter => ({
    ...{ v: 1, kind: 'move', id: randomUUID(), version: { incarnation: 1, n: 1 } },
    ...{ municipality: AMERSFOORT, professionals: [person], more: 0 },
    validUntil: new Date(node.clock.now().getTime() + 35 * DAY).toISOString(),
    ...change,
  });
  const later = (of: MoveLetter | CaseForwardLetter, n: number) => ({
    ...of,
    version: { incarnation: 1, n },
  });
  const erase = ({ id }: Letter, n: number): Letter => ({
    ...{ v: 1, kind: 'erase', id, version: { incarnation: 1, n } },
  });
  const list = async (subject = 'mn-procesmanager-amersfoort') =>
    (await (await node.as(subject)).get('/moves').expect(200)).body.moves as { id: string }[];
  const mails = async () =>
    (await node.dataSource.manager.find(Mail)).map(
      ({ toAddress, subject }) => `${toAddress}: ${subject.replace(/^.*?: /, '')}`,
    );

  it('is shown to the process manager of the municipality, who is mailed that there is something', async () => {
    await receive('jeugdmatch', [letter()]);
    expect(await list()).toEqual([
      {
        ...{ id: expect.any(String), kind: 'move', at: node.clock.now().toISOString() },
        ...{ region: 'Regio jeugdmatch', signals: [person], more: 0 },
      },
    ]);
    expect(await list('mn-procesmanager')).toEqual([]);
    const { email } = await node.contactOf('mn-procesmanager-amersfoort');
    expect(await mails()).toEqual([`${email}: een jeugdige met een signaal is in uw gemeente komen wonen`]);
    expect(await counts()).toEqual({ ...NOTHING, waiting: 1 });
    const { content } = only(await node.dataSource.manager.find(ReceivedLetter));
    expect(content!.includes(Buffer.from('Proef'))).toBe(false);
  });

  it('changes by a later letter of the same name, and by no earlier or repeated one', async () => {
    const first = letter();
    const other = { ...person, name: 'A. Ander' };
    await receive('jeugdmatch', [first, later(first, 3)]);
    await receive('jeugdmatch', [
      { ...later(first, 2), professionals: [] },
      { ...later(first, 3), more: 7 },
    ]);
    expect(await list()).toMatchObject([{ signals: [person], more: 0 }]);
    await receive('jeugdmatch', [{ ...later(first, 4), professionals: [person, other] }]);
    expect(await list()).toMatchObject([{ signals: [person, other] }]);
    // another region may use the same name
    await receive('rijnmond', [{ ...later(first, 9), professionals: [other] }]);
    expect(await list()).toHaveLength(2);
    expect(await mails()).toHaveLength(1);
  });

  it('is placed by the process manager, once, and then only its name is kept', async () => {
    const first = letter();
    await receive('jeugdmatch', [first]);
    const { id } = only(await list());
    const place = async (subject: string, status: number) =>
      (await node.as(subject)).post(`/moves/${id}/_placed`).expect(status);
    await place('mn-procesmanager', 404);
    await place('mn-procesmanager-amersfoort', 204);
    await place('mn-procesmanager-amersfoort', 404);
    await receive('jeugdmatch', [later(first, 2)]);
    expect(await list()).toEqual([]);
    expect(await node.dataSource.manager.find(ReceivedLetter)).toMatchObject([{ content: null, inN: 2 }]);
    expect(await mails()).toHaveLength(1);
  });

  it('is forgotten when it is taken back, with a receipt, and does not come back by an older copy', async () => {
    const first = letter();
    await receive('jeugdmatch', [first, erase(first, 2), first, later(first, 2)]);
    expect(await list()).toEqual([]);
    expect(await node.dataSource.manager.find(ReceivedLetter)).toMatchObject([
      { kind: null, municipality: null, content: null },
    ]);
    expect(await sent()).toEqual([
      { to: 'jeugdmatch', letter: { ...erase(first, 2), kind: 'erase-receipt' } },
    ]);
    expect(await counts()).toEqual({ ...NOTHING, forgotten: 1 });
    await receive('jeugdmatch', [erase(first, 3)]);
    expect((await sent()).map(({ letter: { version } }) => version.n)).toEqual([3]);
    const unknown = letter();
    await receive('jeugdmatch', [erase(unknown, 2), unknown]);
    expect(await list()).toEqual([]);
    expect(await sent()).toHaveLength(2);
    await node.at('2026-12-28');
    expect(await counts()).toEqual({ ...NOTHING, forgotten: 2 });
    await node.at('2026-12-29');
    expect(await counts()).toEqual(NOTHING);
  });

  it('goes by itself 35 days after it was last said', async () => {
    const first = letter({ validUntil: '2030-01-01T00:00:00.000Z' });
    await receive('jeugdmatch', [first]);
    await node.at('2026-12-28');
    expect(await list()).toHaveLength(1);
    await receive('jeugdmatch', [later(first, 2)]);
    await node.at('2027-01-31');
    expect(await list()).toHaveLength(1);
    await node.at('2027-02-02');
    expect(await list()).toEqual([]);
    expect(await node.dataSource.manager.count(ReceivedLetter)).toBe(0);
  });

  it('is not taken when it is not for here, counts no longer, or was not sealed by that region', async () => {
    await receive('jeugdmatch', [letter({ municipality: LEIDEN })]);
    await receive('jeugdmatch', [letter({ validUntil: '2026-11-24T00:00:00.000Z' })]);
    await receive('jeugdmatch', [letter()], node.cards.rijnmond);
    expect(await node.dataSource.manager.count(ReceivedLetter)).toBe(0);
    expect(await mails()).toEqual([]);
    expect(await node.rejected()).toEqual(
      ['letter-expired', 'letter-for-elsewhere', 'unopenable-letter'].map((reason) => ({
        ...{ peer: 'jeugdmatch', reason, count: 1 },
      })),
    );
  });

  it('is kept when it is for a municipality that the table lacks, and told to nobody until it is there', async () => {
    await receive('jeugdmatch', [letter({ municipality: '9876' })]);
    expect(await node.dataSource.manager.count(ReceivedLetter)).toBe(1);
    expect(await list()).toEqual([]);
    expect(await mails()).toEqual([]);
  });

  it('is not kept without end: a region has room for 2000 letters here', async () => {
    await node.dataSource.query(
      `insert into received_letter (id, from_region, letter_id, in_incarnation, in_n, received_at, valid_until)
       select gen_random_uuid(), 'jeugdmatch', gen_random_uuid(), 1, 1, now(), now() + interval '35 days'
       from generate_series(1, 1999)`,
    );
    await receive('jeugdmatch', [letter(), letter(), erase(letter(), 1)]);
    await receive('rijnmond', [letter()]);
    expect(await list()).toHaveLength(2);
    expect(await node.rejected()).toEqual([{ peer: 'jeugdmatch', reason: 'too-many-letters', count: 1 }]);
    expect(await sent()).toHaveLength(1);
  });

  it('may be a case that a process manager there forwards', async () => {
    const forwardedBy = { ...person, name: 'P. Manager', function: 'procesmanager' };
    await receive('jeugdmatch', [{ ...letter(), kind: 'case-forward', forwardedBy }]);
    expect(await list()).toMatchObject([{ kind: 'case-forward', forwardedBy, signals: [person] }]);
    expect(await mails()).toEqual([expect.stringMatching(/: een zaak is naar u doorgestuurd$/)]);
  });
});

describe('a match that is for another region to follow up', () => {
  const queue = async (subject = 'mn-procesmanager') =>
    (await (await node.as(subject)).get('/match-queue').expect(200)).body as {
      id: string;
      forwardedTo: string[];
    }[];
  const forward = async (id: string, municipality: unknown, status: number, subject = 'mn-procesmanager') =>
    (await node.as(subject)).post(`/match-queue/${id}/_forward`).send({ municipality }).expect(status);
  let signals: Signal[];
  beforeEach(async () => {
    const first = await node.file('mn-leerkracht');
    node.clock.set(momentInAmsterdam(TODAY, '12:01'));
    signals = [first, await node.file('mn-jeugdzorg')];
  });

  it('is forwarded to the process manager there, once, with whom to speak, and taken back with the signals', async () => {
    const { id, forwardedTo } = only(await queue());
    expect(forwardedTo).toEqual([]);
    await forward(id, LEIDEN, 204);
    await forward(id, LEIDEN, 204);
    const told = only(await sent());
    expect(told).toMatchObject({
      to: 'jeugdmatch',
      letter: {
        ...{ kind: 'case-forward', municipality: LEIDEN, version: { n: 1 }, more: 0 },
        professionals: [await node.contactOf('mn-leerkracht'), await node.contactOf('mn-jeugdzorg')],
        forwardedBy: await node.contactOf('mn-procesmanager'),
      },
    });
    expect(await queue()).toMatchObject([{ id, forwardedTo: [LEIDEN] }]);
    await forward(id, ROTTERDAM, 204);
    expect(await counts()).toEqual({ ...NOTHING, told: 2 });
    await node.end('mn-leerkracht', signals[0]!);
    await node.end('mn-jeugdzorg', signals[1]!);
    expect((await sent()).map(({ letter }) => letter.kind)).toEqual(['erase', 'erase']);
  });

  it('is not forwarded any more when it is over, though a signal is left', async () => {
    const { id } = only(await queue());
    await node.end('mn-jeugdzorg', signals[1]!);
    expect(await queue()).toEqual([]);
    await forward(id, LEIDEN, 404);
    expect(await sent()).toEqual([]);
  });

  it('is not forwarded within the region, to nowhere, by another, or when the address is protected', async () => {
    const { id } = only(await queue());
    for (const municipality of ['0344', AMERSFOORT, '9999'])
      expect((await forward(id, municipality, 409)).body.code).toBe('case-not-forwardable');
    for (const municipality of ['Leiden', 546, undefined]) await forward(id, municipality, 400);
    await forward(id, LEIDEN, 404, 'mn-procesmanager-amersfoort');
    await forward('nonsense', LEIDEN, 404);
    await forward(id, LEIDEN, 403, 'mn-leerkracht');
    await moves({ geheimhouding: true });
    await node.at('2026-11-25');
    const { id: now } = only(await queue());
    expect((await forward(now, LEIDEN, 409)).body.code).toBe('case-not-forwardable');
    expect(await sent()).toEqual([]);
  });
});
