import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { DAY, SettableClock } from '#libs/clock';
import { TestFederation } from '../../test/test-federation.js';
import { newHandle, newTag, type TestRegion } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';
import { ArchiveQuestions } from './index.js';
import { MOST_OPEN } from './rules/may-ask.rule.js';

describe('the archives of other regions', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  let clock: SettableClock;
  let noord: TestRegion;
  let zuid: TestRegion;
  let oost: TestRegion;

  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid', 'oost');
    clock = new SettableClock(new Date());
    relay = await TestRelay.start(federation, {}, clock);
    [noord, zuid, oost] = await Promise.all([
      federation.region('noord'),
      federation.region('zuid'),
      federation.region('oost'),
    ]);
    await Promise.all([noord, zuid, oost].map((region) => region.listen()));
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  /** A region's tag in the archive. @returns its handle */
  const archive = async (region: TestRegion, tag: string, handle = newHandle()): Promise<string> => {
    await region.send('tag.put', { epoch: 1, handle, tag, archived: true });
    await region.settled();
    return handle;
  };
  const ask = async (region: TestRegion, handle: string, tag: string, question = newHandle()) => {
    await region.send('archive.ask', { question, handle, tag });
    await region.settled();
    return question;
  };
  const answer = async (region: TestRegion, toRegion: string, question: string) => {
    const body = { question, enc: newTag(), ciphertext: randomBytes(8_208).toString('base64url') };
    await region.send('archive.answer', { ...body, toRegion });
    await region.settled();
    return body;
  };
  const asked = (region: TestRegion, question: string) =>
    region.bodies('archive.asked').filter((each) => each.question === question);
  const answered = (region: TestRegion, question: string) =>
    region.bodies('archive.answered').filter((each) => each.question === question);
  const open = () => relay.count('archive_question');
  const rejected = async (region: string, reason: string): Promise<number> => {
    const [row] = await relay.query<{ count: number }>(
      `select coalesce(sum(count), 0)::int as count from rejected_message where peer = $1 and reason = $2`,
      [region, reason],
    );
    return row!.count;
  };
  /** Waits until whatever was passed on to a region has come. */
  const heard = () => until(async () => (await relay.count('outbox_message')) === 0);

  it('match nobody: neither each other nor a signal, whatever their tag equals', async () => {
    const tag = newTag();
    const before = await relay.count('match');
    await archive(noord, tag);
    await archive(zuid, tag);
    const live = await oost.put(tag);
    await oost.settled();
    await oost.put(tag, live);
    await oost.settled();
    await heard();
    expect(await relay.count('match')).toBe(before);
    expect([noord, zuid, oost].flatMap((region) => region.bodies('match.found'))).toEqual([]);
    await oost.send('tag.delete', { handle: live });
    await oost.settled();
  });

  it('are asked once, all that have the person and nobody else, and the answers go to the asker alone', async () => {
    const [tag, live] = [newTag(), await noord.put(newTag())];
    const [there, alsoThere] = [await archive(zuid, tag), await archive(oost, tag)];
    await archive(noord, tag);
    const question = await ask(noord, live, tag);
    await until(() => asked(zuid, question).length + asked(oost, question).length === 2);
    expect(asked(zuid, question)).toEqual([{ question, handle: there, fromRegion: 'noord' }]);
    expect(asked(oost, question)).toEqual([{ question, handle: alsoThere, fromRegion: 'noord' }]);
    expect(asked(noord, question)).toEqual([]);

    const sent = await answer(zuid, 'noord', question);
    await until(() => answered(noord, question).length === 1);
    expect(answered(noord, question)).toEqual([{ ...sent, fromRegion: 'zuid' }]);
    expect(answered(oost, question)).toEqual([]);
    expect(await open()).toBe(1);
    await answer(oost, 'noord', question);
    await until(() => answered(noord, question).length === 2);
    expect(await open()).toBe(0);
    expect(JSON.stringify(relay.lines())).not.toMatch(new RegExp(`${question}|${there}|${live}|${tag}`));
  });

  it('leave nothing behind of a question about somebody who is in none', async () => {
    await ask(noord, await noord.put(newTag()), newTag());
    expect(await open()).toBe(0);
    expect(await rejected('noord', 'no-live-tag')).toBe(0);
  });

  it('are not asked by a region without a tag under that handle, nor by one of the archive, and that is counted', async () => {
    const tag = newTag();
    await archive(zuid, tag);
    const own = await archive(noord, newTag());
    const elsewhere = await oost.put(newTag());
    await oost.settled();
    const ended = await noord.put(newTag());
    await noord.send('tag.delete', { handle: ended });
    const questions: string[] = [];
    for (const handle of [newHandle(), own, elsewhere, ended]) questions.push(await ask(noord, handle, tag));
    // nor is it told apart whether anybody has the person
    await ask(noord, newHandle(), newTag());
    await heard();
    expect(questions.flatMap((question) => asked(zuid, question))).toEqual([]);
    expect(await rejected('noord', 'no-live-tag')).toBe(5);
    expect(relay.lines('archive-dropped')[0]).toMatchObject({ from: 'noord', reason: 'no-live-tag' });
    expect(await open()).toBe(0);
  });

  it('answer nobody who did not ask, and only once', async () => {
    const [tag, live] = [newTag(), await noord.put(newTag())];
    await archive(zuid, tag);
    const question = await ask(noord, live, tag);
    await until(() => asked(zuid, question).length === 1);
    await answer(zuid, 'oost', question);
    await answer(oost, 'noord', question);
    await answer(zuid, 'noord', newHandle());
    await answer(zuid, 'nergens', question);
    await answer(zuid, 'noord', question);
    await answer(zuid, 'noord', question);
    await until(() => answered(noord, question).length === 1);
    await heard();
    expect(noord.bodies('archive.answered').filter((each) => each.question === question)).toHaveLength(1);
    expect(answered(oost, question)).toEqual([]);
    expect([await rejected('zuid', 'unasked-answer'), await rejected('oost', 'unasked-answer')]).toEqual([
      4, 1,
    ]);
  });

  it('are asked again about a question that is asked again, by a region that lost the answer', async () => {
    const [tag, live] = [newTag(), await noord.put(newTag())];
    await archive(zuid, tag);
    const question = await ask(noord, live, tag);
    await until(() => asked(zuid, question).length === 1);
    await answer(zuid, 'noord', question);
    await ask(noord, live, tag, question);
    await until(() => asked(zuid, question).length === 2);
    await answer(zuid, 'noord', question);
    await until(() => answered(noord, question).length === 2);
    expect(await open()).toBe(0);
  });

  it('are asked by another region under the same name of a question for itself', async () => {
    const tag = newTag();
    await archive(zuid, tag);
    const question = await ask(noord, await noord.put(newTag()), tag);
    await ask(oost, await oost.put(newTag()), tag, question);
    await until(() => asked(zuid, question).length === 2);
    await answer(zuid, 'oost', question);
    await until(() => answered(oost, question).length === 1);
    expect(answered(noord, question)).toEqual([]);
    await answer(zuid, 'noord', question);
    await until(() => answered(noord, question).length === 1);
  });

  it('are not asked any more when either handle is gone, and nobody answers then', async () => {
    for (const gone of ['asking', 'asked'] as const) {
      const [tag, live] = [newTag(), await noord.put(newTag())];
      const there = await archive(zuid, tag);
      const question = await ask(noord, live, tag);
      expect(await open()).toBe(1);
      const [region, handle] = gone === 'asking' ? [noord, live] : [zuid, there];
      await region.send('tag.delete', { handle });
      await region.settled();
      expect(await open()).toBe(0);
      await answer(zuid, 'noord', question);
      expect(answered(noord, question)).toEqual([]);
    }
  });

  it('forget what nobody answered after fourteen days, and not before', async () => {
    const [tag, live] = [newTag(), await noord.put(newTag())];
    await archive(zuid, tag);
    await ask(noord, live, tag);
    const questions = relay.app.get(ArchiveQuestions, { strict: false });
    const askedAt = clock.now();
    clock.set(new Date(askedAt.getTime() + 14 * DAY - 1));
    await questions.forgetOld();
    expect(await open()).toBe(1);
    clock.set(new Date(askedAt.getTime() + 14 * DAY + 1));
    await questions.forgetOld();
    expect(await open()).toBe(0);
  });

  it(`are asked no more than ${MOST_OPEN} questions at a time by one region; the rest is dropped, and counted`, async () => {
    const [tag, live] = [newTag(), await oost.put(newTag())];
    await archive(zuid, tag);
    zuid.deafen();
    for (let n = 0; n < MOST_OPEN + 5; n++)
      await oost.send('archive.ask', { question: newHandle(), handle: live, tag });
    await oost.settled();
    expect(await relay.count(`outbox_message where type = 'archive.asked'`)).toBe(MOST_OPEN);
    expect(await rejected('oost', 'too-many-questions')).toBe(5);
    const other = await noord.put(newTag());
    const question = await ask(noord, other, tag);
    await zuid.listen();
    await until(() => asked(zuid, question).length === 1);
    await oost.send('tag.delete', { handle: live });
    await oost.settled();
  });

  it('take no part when their region is suspended', async () => {
    const [tag, live] = [newTag(), await noord.put(newTag())];
    const there = await archive(zuid, tag);
    await archive(oost, tag);
    const before = await ask(noord, live, tag);
    await until(() => asked(oost, before).length === 1);
    const registers = relay.lines('register-accepted').length;
    await federation.setState('oost', 'suspended');
    await until(() => relay.lines('register-accepted').length > registers);
    const question = await ask(noord, live, tag);
    await until(() => asked(zuid, question).length === 1);
    expect(asked(zuid, question)).toMatchObject([{ handle: there }]);
    const rows = await relay.query(
      `select from archive_question where to_region = 'oost' and question = $1`,
      [Buffer.from(question, 'base64url')],
    );
    expect(rows).toEqual([]);
  });
});
