import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { OutboxSender } from '#libs/messaging';
import { TestFederation } from '../../test/test-federation.js';
import { newHandle, newTag, type TestRegion } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';

describe('what the relay remembers', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  let noord: TestRegion;
  let zuid: TestRegion;
  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
    relay = await TestRelay.start(federation);
    [noord, zuid] = await Promise.all([federation.region('noord'), federation.region('zuid')]);
    await Promise.all([noord, zuid].map((region) => region.listen()));
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const newToken = () => randomBytes(16).toString('base64url');
  const noticesOf = (region: TestRegion, handle: string) =>
    region.bodies('match.found').filter((notice) => notice.handle === handle);

  it('is said again, once and before all that waits, to a region that lost its memory: erasures and handles', async () => {
    const tokens = [newToken(), newToken()];
    const mine = await noord.put(newTag());
    // what is archived after a backup is lost with it, without a signal that was accepted
    await noord.send('tag.put', { epoch: 1, handle: newHandle(), tag: newTag(), archived: true });
    await noord.send('erased', { tokens });
    await noord.send('erased', { tokens: [tokens[1]!] });
    await zuid.send('erased', { tokens: [newToken()] });
    await Promise.all([noord.settled(), zuid.settled()]);
    noord.deafen();
    // nothing leaves for it until it has agreed anew
    relay.app.get(OutboxSender).agreements.forget('noord');
    await relay.query(
      // the notice of a match that is forgotten is not said: only what has been found anew
      `insert into outbox_message (peer, type, body, created_at, not_before)
       values ('noord', 'match.found', $1, now(), now()), ('noord', 'match.closed', $2, now(), now())`,
      [
        { matchId: newHandle(), handle: mine, peerRegion: 'zuid', epoch: 1, sendFirst: true },
        { matchId: newHandle() },
      ],
    );
    const heard = noord.received.length;
    noord.recovery = newHandle();
    await noord.listen();
    const [recall] = await until(() => {
      const recalls = noord.bodies('recall').filter(({ recovery }) => recovery === noord.recovery);
      return recalls.length > 0 ? recalls : undefined;
    });
    expect(recall).toMatchObject({ handles: [mine], last: true });
    expect([...recall!.erased].sort()).toEqual([...tokens].sort());
    const again = () => noord.received.slice(heard).filter(({ incarnation }) => incarnation > 1);
    await until(() => again().length === 2);
    expect(again().map(({ type, seq }) => [type, seq])).toEqual([
      ['recall', 1],
      ['match.closed', 2],
    ]);
    const before = noord.bodies('recall').length;
    const question = noord.position?.question;
    await until(() => noord.position?.question !== question);
    expect(noord.bodies('recall')).toHaveLength(before);
    noord.recovery = undefined;
  });

  it('of a region that lost its memory is no match until its tags are back; then both sides are told, whoever was away', async () => {
    const tag = newTag();
    const [mine, theirs] = [await noord.put(tag), await zuid.put(tag)];
    await until(() => noticesOf(noord, mine).length === 1 && noticesOf(zuid, theirs).length === 1);
    const agreements = relay.app.get(OutboxSender).agreements;
    zuid.deafen();
    agreements.forget('zuid');
    noord.recovery = newHandle();
    await until(() => noord.bodies('recall').some(({ recovery }) => recovery === noord.recovery));
    noord.recovery = undefined;
    noord.beginAnew();
    await noord.put(tag, mine);
    await noord.send('tags.complete', { tags: 1 });
    await noord.settled();
    expect(noticesOf(noord, mine)).toHaveLength(1);
    await zuid.listen();
    await until(() => noticesOf(noord, mine).length === 2 && noticesOf(zuid, theirs).length === 2);
  });

  it('comes in parts of at most 500', async () => {
    const tokens = Array.from({ length: 1_100 }, newToken);
    for (let at = 0; at < tokens.length; at += 500)
      await noord.send('erased', { tokens: tokens.slice(at, at + 500) });
    await noord.settled();
    noord.recovery = newHandle();
    const parts = () => noord.bodies('recall').filter(({ recovery }) => recovery === noord.recovery);
    await until(() => parts().some(({ last }) => last));
    expect(parts().map(({ last }) => last)).toEqual([false, false, true]);
    const recalled = parts().flatMap(({ erased }) => erased);
    for (const token of tokens) expect(recalled).toContain(token);
    noord.recovery = undefined;
  });

  it('counts only while its region agrees: a tag that was deleted after a backup of the relay finds nobody', async () => {
    const [tag, other] = [newTag(), newTag()];
    const [deleted, kept] = [await noord.put(tag), await noord.put(other)];
    await noord.settled();
    await relay.stop();
    // the relay goes back to before the deletion, which it had confirmed
    noord.seq += 1;
    noord.confirmed = noord.seq;
    const late = await zuid.put(tag);
    relay = await TestRelay.start(federation);
    await until(() => noord.position?.recovery);
    await zuid.settled();
    expect(noticesOf(zuid, late)).toEqual([]);

    noord.beginAnew();
    await noord.put(other, kept);
    await noord.send('tags.complete', { tags: 1 });
    await noord.settled();
    const found = await zuid.put(other);
    await until(() => noticesOf(zuid, found).length > 0);
    expect(noticesOf(zuid, late)).toEqual([]);
    expect(
      await relay.query(`select from tag where handle = $1`, [Buffer.from(deleted, 'base64url')]),
    ).toEqual([]);
  });
});
