import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { momentInAmsterdam } from '#libs/calendar';
import { HOUR } from '#libs/clock';
import {
  generateKeys,
  openArchiveAnswer,
  sealArchiveAnswer,
  type ArchiveAnswered,
  type ArchiveAsk,
  type EarlierProfessional,
  type MessageBody,
  type MessageType,
} from '#libs/protocol';
import { PersonSecret } from '#libs/pseudonyms';
import { SealingKey } from '#libs/sealing';
import {
  only,
  OWN,
  SANNE,
  startFederatedNode,
  TODAY,
  type FederatedNode,
} from '../../test/federated-node.js';
import { AuditLine } from '../audit/index.js';
import { Cards, FederatedMatch } from '../cards/index.js';
import { archiveErasureToken } from '../erasures/index.js';
import { Handle } from '../handles/index.js';
import { Mail } from '../mails/index.js';
import { RegisterVerification } from '../signals/index.js';
import { Signal } from '../youths/index.js';
import { ArchiveConsumer } from './archive.consumer.js';
import { ArchiveAnswer, ArchivedSignal, ArchiveQuestion, ArchiveQuestions } from './index.js';

type Region = 'jeugdmatch' | 'rijnmond' | 'gestopt';

let node: FederatedNode<Region>;
beforeAll(async () => {
  node = await startFederatedNode<Region>({
    ...{ [OWN]: {}, jeugdmatch: {}, rijnmond: {}, gestopt: { state: 'suspended' } },
  });
});
beforeEach(() => node.startOver());
afterAll(() => node?.stop());

/** What the key holders would make of a person: the same in every region, and in the archive the same as of a youth. */
const secretOf = ({ role, personIndex }: Pick<Handle, 'role' | 'personIndex'>): PersonSecret =>
  new PersonSecret(
    createHash('sha512')
      .update(role === 'parent' ? 'parent' : 'youth')
      .update(personIndex)
      .digest(),
  );
/** The key holders answer: secrets of all who wait become known. */
async function evaluate(): Promise<void> {
  await node.dataSource.transaction(async (manager) => {
    const waiting = (await manager.find(Handle)).filter(({ secret }) => secret === null);
    for (const handle of waiting) {
      const purpose = `handle-secret/${handle.handle.toString('hex')}`;
      const secret = node.app
        .get(SealingKey, { strict: false })
        .seal(purpose, secretOf(handle).revealBytes());
      await manager.update(Handle, { handle: handle.handle }, { secret, pendingInput: null });
    }
    const persons = waiting.map(({ role, personIndex: index }) => ({ role, index }));
    await node.app.get(ArchiveQuestions, { strict: false }).settle(manager, persons);
  });
}
const handleOf = async (role: 'youth' | 'described' | 'archive') =>
  only(await node.dataSource.manager.findBy(Handle, { role }));
/** Messages that wait to be sent, with when they may leave, in minutes from now. */
async function waiting<T extends MessageType>(
  type: T,
): Promise<{ body: MessageBody<T>; inMinutes: number }[]> {
  const rows = await node.dataSource.query<{ body: MessageBody<T>; not_before: Date }[]>(
    'select body, not_before from outbox_message where type = $1 order by id',
    [type],
  );
  return rows.map(({ body, not_before: notBefore }) => ({
    body,
    inMinutes: (notBefore.getTime() - node.clock.now().getTime()) / 60_000,
  }));
}
const forget = (type: MessageType) =>
  node.dataSource.query('delete from outbox_message where type = $1', [type]);
/** The question that is open about the youth, and what was asked by it. */
async function asked(): Promise<ArchiveAsk> {
  const { handle } = await handleOf('youth');
  const asks = (await waiting('archive.ask')).map(({ body }) => body);
  return only(asks.filter((body) => body.handle === handle.toString('base64url')));
}
const FATIMA: EarlierProfessional = {
  ...{ name: 'Fatima Elders', function: 'wijkagent', organisation: 'Politie Elders', phone: '070 000 00 77' },
  ...{ email: 'f.elders@politie.voorbeeld.example', kind: 'school', endedOn: '2026-03-31' },
};
/** Another region answers a question. */
async function answer(
  from: Region,
  question: string,
  professionals: EarlierProfessional[],
  { sealedBy = node.cards[from], more = 0 } = {},
): Promise<void> {
  const { epoch, ...person } = await handleOf('youth');
  const binding = { question, from, to: OWN, epoch };
  const content = { v: 1 as const, professionals, more };
  const key = secretOf(person).archiveKey(epoch);
  const sealed = await sealArchiveAnswer(content, binding, sealedBy, node.cards[OWN].publicKey, key);
  await receive({ ...sealed, fromRegion: from });
}
const consumer = () => node.app.get(ArchiveConsumer, { strict: false });
const receive = (...answers: ArchiveAnswered[]) =>
  node.receive('archive.answered', answers, (context) => consumer().answered(answers, context));
/** Another region asks what is under a handle. @returns what it reads in the answer, if there is one */
async function askedBy(
  from: Region | typeof OWN,
  handle: Buffer,
  question = randomBytes(16).toString('base64url'),
) {
  await forget('archive.answer');
  const questions = [{ question, handle: handle.toString('base64url'), fromRegion: from }];
  await node.receive('archive.asked', questions, (context) => consumer().asked(questions, context));
  const [sent] = await waiting('archive.answer');
  if (!sent) return undefined;
  const { toRegion, ...sealed } = sent.body;
  expect([toRegion, sealed.question]).toEqual([from, question]);
  const { epoch, ...person } = await handleOf('archive');
  const binding = { question, from: OWN, to: from, epoch };
  const key = secretOf(person).archiveKey(epoch);
  return openArchiveAnswer(sealed, binding, node.cards[from], node.cards[OWN].publicKey, key);
}
const notices = async () =>
  (await node.dataSource.manager.find(Mail, { order: { createdAt: 'asc', id: 'asc' } }))
    .filter(({ subject }) => subject.includes('eerdere signalen'))
    .map(({ id, toAddress, bodySealed }) => ({
      to: toAddress,
      text: node.app.get(SealingKey, { strict: false }).open(`mail/${id}`, bodySealed!).toString('utf8'),
    }));
const earlier = async (subject: string, { id }: Signal) =>
  (await (await node.as(subject)).get(`/signals/${id}/earlier`).expect(200)).body as object[];

describe('a new signal', () => {
  it('asks about its youth and, to the same appearance, about the parents, when the relay can have their tags', async () => {
    await node.file('mn-leerkracht');
    expect(await waiting('archive.ask')).toEqual([]);
    await evaluate();
    const handles = (await node.dataSource.manager.find(Handle)).filter(({ role }) => role !== 'probe');
    const asks = (await waiting('archive.ask')).map(({ body }) => body);
    expect(asks).toHaveLength(3);
    expect(new Set(asks.map(({ question }) => question)).size).toBe(3);
    expect(asks.map(({ handle, tag }) => `${handle} ${tag}`).sort()).toEqual(
      handles
        .map((each) => [each.handle.toString('base64url'), secretOf(each).archiveTag(1).revealBase64Url()])
        .map((pair) => pair.join(' '))
        .sort(),
    );
    expect(await node.dataSource.manager.find(ArchiveQuestion)).toMatchObject([{ askFrom: null }]);
    await evaluate();
    await node.at(TODAY, '14:00');
    expect(await waiting('archive.ask')).toHaveLength(3);
  });

  it('of somebody who files on a youth who is known asks too: of the youth at once, of parents at a random moment', async () => {
    await node.file('mn-leerkracht');
    await evaluate();
    const first = await asked();
    await forget('archive.ask');
    await node.file('mn-jeugdzorg');
    const { question, handle } = await asked();
    expect(question).not.toBe(first.question);
    for (const { body, inMinutes } of await waiting('archive.ask'))
      if (body.handle === handle) expect(inMinutes).toBe(0);
      else expect(inMinutes).toBeGreaterThanOrEqual(15);
    expect(await waiting('archive.ask')).toHaveLength(3);
  });

  /** Tags that are to leave 40 minutes after they were written, by a clock that was ahead by so many. */
  async function tagsWait(minutesAhead: number): Promise<void> {
    const writtenAt = new Date(node.clock.now().getTime() + minutesAhead * 60_000);
    for (const { handle } of await node.dataSource.manager.find(Handle))
      await node.dataSource.query(
        `insert into outbox_message (peer, type, body, coalesce_key, created_at, not_before)
         values ('relay', 'tag.put', '{}', $1, $2::timestamptz, $2::timestamptz + interval '40 minutes')`,
        [`tag:${handle.toString('base64url')}`, writtenAt],
      );
  }

  it.each([
    ['when its tags leave, not before', 0, 40],
    ['at once when its tags leave hours from now by a clock that was ahead', 720, 0],
  ])('asks %s', async (_what, minutesAhead, inMinutes) => {
    await node.file('mn-leerkracht');
    await tagsWait(minutesAhead);
    await evaluate();
    expect((await waiting('archive.ask')).map((ask) => ask.inMinutes)).toEqual([
      ...[inMinutes, inMinutes, inMinutes],
    ]);
  });

  it('that ends before its question has left asks nothing', async () => {
    const signal = await node.file('mn-leerkracht');
    await evaluate();
    await node.end('mn-leerkracht', signal, 'wrong-youth');
    expect(await waiting('archive.ask')).toEqual([]);
    expect(await node.dataSource.manager.count(ArchiveQuestion)).toBe(0);
  });

  it('in the place of one that expires asks nothing', async () => {
    const { id } = await node.file('mn-leerkracht');
    await evaluate();
    await forget('archive.ask');
    node.clock.set(momentInAmsterdam('2028-10-25', '12:00'));
    await (
      await node.as('mn-leerkracht')
    )
      .post(`/signals/${id}/_renew`)
      .send({ informed: 'yes' })
      .expect(201);
    expect(await waiting('archive.ask')).toEqual([]);
  });

  it('that is being filed when the relay lost its memory is not asked about before its tags are put again', async () => {
    await node.file('mn-leerkracht');
    await evaluate();
    await forget('archive.ask');
    const persons = (await node.dataSource.manager.find(Handle)).map(({ role, personIndex: index }) => ({
      role,
      index,
    }));
    let lost: Promise<unknown> = Promise.resolve();
    await node.dataSource.transaction(async (manager) => {
      await node.dataSource.query('update archive_question set ask_from = $1', [node.clock.now()]);
      await node.app.get(ArchiveQuestions, { strict: false }).settle(manager, persons);
      lost = node.loseRelay();
      await pause(300);
    });
    await lost;
    expect(await waiting('archive.ask')).toEqual([]);
    expect(await node.dataSource.manager.find(ArchiveQuestion)).toMatchObject([
      { askFrom: new Date(node.clock.now().getTime() + HOUR) },
    ]);
  });

  it('is asked for again at once when a clock that was ahead noticed the loss', async () => {
    await node.file('mn-leerkracht');
    await evaluate();
    node.clock.advance(12 * HOUR);
    await node.loseRelay();
    node.clock.advance(-12 * HOUR);
    await node.app.get(ArchiveQuestions, { strict: false }).run(() => false);
    expect(await waiting('archive.ask')).toHaveLength(3);
  });

  it('is asked for again an hour after a loss of memory, and no more when it is too late', async () => {
    await node.file('mn-leerkracht');
    await evaluate();
    const { question } = await asked();
    await node.loseRelay();
    expect(await waiting('archive.ask')).toEqual([]);
    node.clock.advance(HOUR - 1);
    await node.app.get(ArchiveQuestions, { strict: false }).run(() => false);
    expect(await waiting('archive.ask')).toEqual([]);
    node.clock.advance(1);
    await node.app.get(ArchiveQuestions, { strict: false }).run(() => false);
    expect((await asked()).question).toBe(question);
    const again = await waiting('archive.ask');
    expect(again).toHaveLength(3);
    // not together: that would draw the family
    for (const { inMinutes } of again) expect(inMinutes).toBeGreaterThanOrEqual(15);
    await node.loseRelay();
    await node.at('2026-12-08', '12:00');
    expect(await waiting('archive.ask')).toEqual([]);
  });
});

describe('a signal on a youth without BSN', () => {
  const DESCRIBED = { withoutBsn: true, surname: 'Voorbeeld', birthDate: SANNE.birthDate, sex: 'V' };
  let signal: Signal;
  beforeEach(async () => {
    signal = await node.file('mn-leerkracht', DESCRIBED);
    await evaluate();
  });
  const link = async () => {
    await forget('archive.ask');
    const filer = await node.as('mn-leerkracht');
    await filer.post(`/signals/${signal.id}/_link`).send({ youth: SANNE }).expect(200);
    await evaluate();
  };

  it('asks to the same appearance, and nobody is told what is answered', async () => {
    const { body } = only(await waiting('archive.ask'));
    expect(body.handle).toBe((await handleOf('described')).handle.toString('base64url'));
    expect(await node.dataSource.manager.count(ArchiveQuestion)).toBe(0);
  });

  it('asks when it is linked to a BSN, as a new one does, and its filer is told', async () => {
    node.clock.set(momentInAmsterdam('2026-12-08', '11:59'));
    await link();
    const { question } = await asked();
    await answer('jeugdmatch', question, [FATIMA]);
    expect(only(await notices()).to).toBe((await node.contactOf('mn-leerkracht')).email);
    expect(await earlier('mn-leerkracht', signal)).toMatchObject([{ name: FATIMA.name }]);
  });

  it('asks nothing when it is linked fourteen days after it was filed', async () => {
    node.clock.set(momentInAmsterdam('2026-12-08', '12:00'));
    await link();
    const { handle } = await handleOf('youth');
    const handles = (await waiting('archive.ask')).map(({ body }) => body.handle);
    expect(handles).not.toContain(handle.toString('base64url'));
    expect(await node.dataSource.manager.count(ArchiveQuestion)).toBe(0);
  });
});

describe('the answer of another region', () => {
  let signal: Signal;
  let question: string;
  beforeEach(async () => {
    signal = await node.file('mn-leerkracht');
    await evaluate();
    ({ question } = await asked());
  });

  it('is told to the filer by mail, once, and can be read for fourteen days', async () => {
    await answer('jeugdmatch', question, [FATIMA]);
    await answer('jeugdmatch', question, [FATIMA]);
    const { to, text } = only(await notices());
    expect(to).toBe((await node.contactOf('mn-leerkracht')).email);
    expect(text).toContain(
      `Bij uw signaal ${signal.number} was er eerder een signaal in een andere regio, dat is beëindigd.`,
    );
    expect(text).toContain('- Fatima Elders, wijkagent, Politie Elders\n  telefoon 070 000 00 77');
    expect(text).toContain('signaal beëindigd op 31 maart 2026');
    expect(text).not.toMatch(/Sanne|Voorbeeld,|9999|jeugdmatch/);
    const told = [{ ...FATIMA, region: 'Regio jeugdmatch' }];
    expect(await earlier('mn-leerkracht', signal)).toEqual(told);
    await (await node.as('mn-jeugdzorg')).get(`/signals/${signal.id}/earlier`).expect(404);
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'archive-told' })).toBe(1);
    const [{ content }] = (await node.dataSource.manager.find(ArchiveAnswer)) as [ArchiveAnswer];
    expect(content!.includes('Fatima')).toBe(false);
    await node.at('2026-12-08', '11:59');
    expect(await earlier('mn-leerkracht', signal)).toEqual(told);
    node.clock.set(momentInAmsterdam('2026-12-08', '12:00'));
    expect(await earlier('mn-leerkracht', signal)).toEqual([]);
    await node.at('2026-12-08', '13:00');
    expect(await node.dataSource.manager.count(ArchiveAnswer)).toBe(0);
    expect(await node.dataSource.manager.count(ArchiveQuestion)).toBe(0);
    expect(await node.dataSource.manager.count(Signal)).toBe(1);
  });

  it('is told beside that of a further region', async () => {
    await answer('jeugdmatch', question, [FATIMA]);
    await answer('rijnmond', question, [{ ...FATIMA, name: 'Gert Verderop' }], { more: 2 });
    const all = await notices();
    expect(all).toHaveLength(2);
    const { text } = only(all.filter((mail) => mail.text.includes('Gert Verderop')));
    expect(text).toContain('Er waren er meer (2)');
    expect(await earlier('mn-leerkracht', signal)).toMatchObject([
      { name: 'Fatima Elders', region: 'Regio jeugdmatch' },
      { name: 'Gert Verderop', region: 'Regio rijnmond' },
    ]);
  });

  it.each([
    ['that is empty', () => answer('jeugdmatch', question, [])],
    [
      'about a signal of the filer',
      async () => {
        const { email } = await node.contactOf('mn-leerkracht');
        await answer('jeugdmatch', question, [{ ...FATIMA, email: email.toUpperCase() }]);
      },
    ],
    [
      'about what ended after the filing',
      () => answer('jeugdmatch', question, [{ ...FATIMA, endedOn: '2026-11-25' }]),
    ],
    ['to no question of ours', () => answer('jeugdmatch', randomBytes(16).toString('base64url'), [FATIMA])],
    ['of a region that takes no part', () => answer('gestopt', question, [FATIMA])],
    [
      'that comes after fourteen days',
      () => {
        node.clock.set(momentInAmsterdam('2026-12-08', '12:00'));
        return answer('jeugdmatch', question, [FATIMA]);
      },
    ],
  ])('%s is told to nobody', async (_what, happens) => {
    await happens();
    expect(await notices()).toEqual([]);
    expect(await earlier('mn-leerkracht', signal)).toEqual([]);
    expect(await node.rejected()).toEqual([]);
  });

  it('that comes at the last moment is told', async () => {
    node.clock.set(new Date(momentInAmsterdam('2026-12-08', '12:00').getTime() - 1));
    await answer('jeugdmatch', question, [{ ...FATIMA, endedOn: TODAY }]);
    expect(await notices()).toHaveLength(1);
  });

  it('that comes when the signal has ended is dropped quietly', async () => {
    await node.file('mn-jeugdzorg');
    await node.end('mn-leerkracht', signal);
    await answer('jeugdmatch', question, [FATIMA]);
    expect((await notices()).filter(({ text }) => text.includes('andere regio'))).toEqual([]);
    expect(await node.rejected()).toEqual([]);
  });

  it('that another sealed, or that is about another person, is counted and told to nobody', async () => {
    await answer('jeugdmatch', question, [FATIMA], { sealedBy: generateKeys('x25519') });
    const binding = { question, from: 'jeugdmatch', to: OWN, epoch: 1 };
    const content = { v: 1 as const, professionals: [FATIMA], more: 0 };
    const another = await sealArchiveAnswer(
      ...([content, binding, node.cards.jeugdmatch, node.cards[OWN].publicKey, randomBytes(32)] as const),
    );
    await receive({ ...another, fromRegion: 'jeugdmatch' });
    expect(await notices()).toEqual([]);
    expect(await node.rejected()).toEqual([
      { peer: 'jeugdmatch', reason: 'unopenable-archive-answer', count: 2 },
    ]);
    await answer('jeugdmatch', question, [FATIMA]);
    expect(await notices()).toHaveLength(1);
  });
});

describe('what the archive holds', () => {
  const archived = async (...subjects: string[]) => {
    for (const subject of subjects) await node.end(subject, await node.file(subject));
    await evaluate();
  };

  it('is found under one handle of its own, by another tag than that of signals', async () => {
    await archived('mn-leerkracht', 'mn-jeugdzorg');
    const { handle, personIndex } = await handleOf('archive');
    await node.loseRelay();
    const { body } = only(await waiting('tag.put'));
    const secret = secretOf({ role: 'youth', personIndex });
    expect(body).toEqual({
      ...{ epoch: 1, handle: handle.toString('base64url'), archived: true },
      tag: secret.archiveTag(1).revealBase64Url(),
    });
  });

  it.each(['not-justified', 'wrong-youth'])('is nothing of what ended as %s', async (reason) => {
    await node.end('mn-leerkracht', await node.file('mn-leerkracht'), reason);
    expect(await node.dataSource.manager.countBy(Handle, { role: 'archive' })).toBe(0);
  });

  it('is answered to a region that asks: who had a signal and when it ended, and nothing else', async () => {
    await archived('mn-leerkracht');
    node.clock.set(momentInAmsterdam('2026-11-26', '12:00'));
    await archived('mn-jeugdzorg');
    const { handle } = await handleOf('archive');
    const told = await askedBy('jeugdmatch', handle);
    expect(told).toEqual({
      v: 1,
      professionals: [
        { ...(await node.contactOf('mn-jeugdzorg')), kind: expect.any(String), endedOn: '2026-11-26' },
        { ...(await node.contactOf('mn-leerkracht')), kind: 'school', endedOn: TODAY },
      ],
      more: 0,
    });
    expect(JSON.stringify(told)).not.toMatch(/Sanne|9999|2012|risk/);
    const lines = await node.dataSource.manager.findBy(AuditLine, { action: 'archive-answered' });
    expect(only(lines).fields).toEqual({ region: 'jeugdmatch', signals: 2 });
    const mails = (await node.dataSource.manager.find(Mail)).filter(({ subject }) => /signa/.test(subject));
    expect(mails.filter(({ subject }) => !subject.includes('eerdere'))).toEqual([]);
  });

  it('is answered to nobody else, and under no other handle', async () => {
    await archived('mn-leerkracht');
    await node.file('mn-jeugdzorg');
    await evaluate();
    const [{ handle: archive }, { handle: youth }] = [await handleOf('archive'), await handleOf('youth')];
    expect(await askedBy('gestopt', archive)).toBeUndefined();
    expect(await askedBy(OWN, archive)).toBeUndefined();
    expect(await askedBy('jeugdmatch', youth)).toBeUndefined();
    expect(await askedBy('jeugdmatch', randomBytes(16))).toBeUndefined();
    expect(await askedBy('rijnmond', archive)).toBeDefined();
  });

  it('is not told on the day on which it is destroyed', async () => {
    await archived('mn-leerkracht');
    const { handle } = await handleOf('archive');
    node.clock.set(momentInAmsterdam('2031-11-23', '23:59'));
    expect((await askedBy('jeugdmatch', handle))!.professionals).toHaveLength(1);
    node.clock.set(momentInAmsterdam('2031-11-24', '00:00'));
    expect(await askedBy('jeugdmatch', handle)).toMatchObject({ professionals: [], more: 0 });
  });

  it('makes no match, whoever says so', async () => {
    await archived('mn-leerkracht');
    const { handle } = await handleOf('archive');
    const matches = [
      {
        ...{ matchId: randomBytes(16).toString('base64url'), handle: handle.toString('base64url') },
        ...{ peerRegion: 'jeugdmatch', epoch: 1, sendFirst: true },
      },
    ];
    const concerned = await node.dataSource.transaction((manager) =>
      node.app.get(Cards, { strict: false }).noticed(manager, matches),
    );
    expect(concerned).toEqual([]);
    expect(await node.dataSource.manager.count(FederatedMatch)).toBe(0);
    expect(await handleOf('archive')).toMatchObject({ endedAt: null });
    expect(await waiting('card.send')).toEqual([]);
  });

  it('keeps its handle while something is left, when the signal of another begins and ends', async () => {
    await archived('mn-leerkracht');
    const { handle } = await handleOf('archive');
    await node.end('mn-jeugdzorg', await node.file('mn-jeugdzorg'), 'not-justified');
    expect((await handleOf('archive')).handle).toEqual(handle);
  });

  describe('is taken away at the relay too', () => {
    let handle: Buffer;
    beforeEach(async () => {
      await archived('mn-leerkracht', 'mn-jeugdzorg');
      ({ handle } = await handleOf('archive'));
      await forget('tag.delete');
    });
    const isGone = async () => {
      expect(await node.dataSource.manager.count(Handle)).toBe(0);
      const { body, inMinutes } = only(await waiting('tag.delete'));
      expect(body.handle).toBe(handle.toString('base64url'));
      expect(inMinutes).toBeGreaterThanOrEqual(15);
      expect(await askedBy('jeugdmatch', handle)).toBeUndefined();
    };

    it('after five years, and not before', async () => {
      await node.at('2031-11-23', '23:00');
      expect(await waiting('tag.delete')).toEqual([]);
      await node.at('2031-11-24', '01:00');
      await isGone();
    });
    it('on request, which is remembered for when a backup is restored', async () => {
      const ids = (await node.dataSource.manager.find(ArchivedSignal)).map(({ id }) => id);
      const manager = await node.as('mn-procesmanager');
      const { bsn } = SANNE;
      const { preview } = (await manager.post('/archive/_preview-destruction').send({ bsn })).body;
      await manager.post('/archive/_destroy').send({ bsn, preview, decidedOn: '2026-11-24' }).expect(204);
      await isGone();
      const tokens = (await waiting('erased')).flatMap(({ body }) => body.tokens);
      for (const id of ids) expect(tokens).toContain(archiveErasureToken(id).toString('base64url'));
    });
    it('at death', async () => {
      await node.register.change(SANNE.bsn, { overlijden: '2026-11-24' });
      await node.at('2026-11-25');
      await node.register.stop();
      await node.register.start();
      await isGone();
    });
  });

  it('is found from the next verification on, where it was archived before it could be', async () => {
    await archived('mn-leerkracht');
    await node.dataSource.manager.delete(Handle, { role: 'archive' });
    node.clock.set(momentInAmsterdam('2026-11-25', '12:00'));
    await node.app.get(RegisterVerification, { strict: false }).run(() => false);
    expect((await handleOf('archive')).secret).toBeNull();
  });
});
