import { randomBytes } from 'node:crypto';
import {
  generateKeys,
  openArchiveAnswer,
  type EarlierProfessional,
  type EarlierProfessionals,
} from '#libs/protocol';
import { PersonSecret } from '#libs/pseudonyms';
import { newHandle, newTag, type TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import { inShort } from '../federation/http/visitor.js';
import type { KnownYouth } from '../federation/youths.js';
import { ATTACKER, VICTIMS } from './names.js';
import { sealAnyArchiveAnswer } from '../../libs/protocol/src/unchecked.fixture.js';
import { file, FILERS, othersFindOneAnother, secretOf } from './people.js';
import type { World } from './world.js';

const [VICTIM, THIRD] = VICTIMS;
const EPOCH = 1;
const FLOOD = 600;
const PERSON: EarlierProfessional = {
  ...{ name: 'K. Kwaad', function: 'medewerker', organisation: 'Stichting Kwaad', phone: '010 000 00 98' },
  ...{ email: 'k.archief@kwaad.voorbeeld.example', kind: 'school', endedOn: '2026-01-31' },
};

/** What a region must not get out of the archives of others, nor tell their professionals of an archive of its own. */
export function archive(world: () => World): void {
  let attacker: TestRegion;
  /** Of whom the victim has a signal in its archive. */
  let youth: KnownYouth;
  let secret: PersonSecret;
  /** A handle of the attacker under which a tag is present. */
  let live: string;

  beforeAll(async () => {
    await world().drainInbox(ATTACKER);
    attacker = await world().attackingRegion();
    youth = world().nextYouth();
    await archiveAt(VICTIM, youth);
    secret = await secretOf(world(), youth.bsn);
    live = await attacker.put(newTag());
    await attacker.settled();
  });
  afterAll(() => attacker?.close());

  /** Has a region archive a signal on a youth, and waits until the relay knows. */
  const archiveAt = async (region: string, { bsn, birthDate }: KnownYouth): Promise<void> => {
    const archived = () => world().count('relay', 'tag where region = $1 and archived', [region]);
    const before = await archived();
    const filer = world().stage.visitor(FILERS[region]!);
    const filed = await filer.post('signals', { youth: { bsn, birthDate }, informed: 'yes' });
    const { id } = filed.body as { id: string };
    const ended = await filer.post(`signals/${id}/_end`, { reason: 'risk-gone' });
    if (ended.status !== 204) throw new Error(`${region}: ${inShort(ended)}`);
    await until(async () => (await archived()) > before);
  };
  const ask = async (handle: string, of: PersonSecret = secret): Promise<string> => {
    const question = newHandle();
    await attacker.send('archive.ask', { question, handle, tag: of.archiveTag(EPOCH).revealBase64Url() });
    await attacker.settled();
    return question;
  };
  const rejected = async (reason: string): Promise<number> =>
    (await world().rejectedOf(ATTACKER))[reason] ?? 0;
  /** How often a region answered another, by its logbook. */
  const answersOf = (region: string) => world().count(region, `audit_line where action = 'archive-answered'`);
  const noticesAt = (region: string) => world().count(region, `audit_line where action = 'archive-told'`);
  const answerTo = (question: string) =>
    until(() => attacker.bodies('archive.answered').find((each) => each.question === question));
  const passed = () => until(async () => (await world().count('relay', 'outbox_message')) === 0);

  it('asking without a tag of a signal gets nothing, under whatever handle', async () => {
    const [before, answers] = [await rejected('no-live-tag'), await answersOf(VICTIM)];
    const archived = newHandle();
    await attacker.send('tag.put', { epoch: EPOCH, handle: archived, tag: newTag(), archived: true });
    const [theirs] = await world().rows<{ handle: Buffer }>(
      'relay',
      'select handle from tag where region = $1 and not archived limit 1',
      [THIRD],
    );
    const handles = [newHandle(), archived, ...(theirs ? [theirs.handle.toString('base64url')] : [])];
    for (const handle of handles) await ask(handle);
    world().willBeCounted(ATTACKER, 'no-live-tag', handles.length);
    await passed();
    expect(await rejected('no-live-tag')).toBe(before + handles.length);
    expect(await answersOf(VICTIM)).toBe(answers);
    expect(attacker.bodies('archive.answered')).toEqual([]);
  });

  it('asking with a signal is answered to the one that evaluated the person, and tells of professionals only', async () => {
    const { fromRegion: from, ...sealed } = await answerTo(await ask(live));
    expect(from).toBe(VICTIM);
    const [to, other] = [world().secretsOf(ATTACKER).card, world().secretsOf(VICTIM).card.publicKey];
    const binding = { question: sealed.question, from: VICTIM, to: ATTACKER, epoch: EPOCH };
    const opened = await openArchiveAnswer(sealed, binding, to, other, secret.archiveKey(EPOCH));
    expect(opened).toMatchObject({ professionals: [{ endedOn: expect.any(String) }], more: 0 });
    expect(JSON.stringify(opened)).not.toContain(youth.bsn);
    const another = new PersonSecret(randomBytes(64)).archiveKey(EPOCH);
    await expect(openArchiveAnswer(sealed, binding, to, other, another)).rejects.toThrow();
    await expect(
      openArchiveAnswer(sealed, binding, world().secretsOf(THIRD).card, other, secret.archiveKey(EPOCH)),
    ).rejects.toThrow();
  });

  it('guessing tags reaches nobody', async () => {
    const answers = await answersOf(VICTIM);
    for (let n = 0; n < 20; n++) await ask(live, new PersonSecret(randomBytes(64)));
    await passed();
    expect(await answersOf(VICTIM)).toBe(answers);
  });

  it('putting the tag of a signal for one of the archive, or the other way round, makes no match', async () => {
    const [matches, told] = [await world().count('relay', 'match'), await noticesAt(VICTIM)];
    const tags = [
      { tag: secret.tag(EPOCH).revealBase64Url(), archived: true as const },
      { tag: secret.archiveTag(EPOCH).revealBase64Url() },
    ];
    const handles = tags.map(() => newHandle());
    for (const [at, each] of tags.entries())
      await attacker.send('tag.put', { epoch: EPOCH, handle: handles[at]!, ...each });
    await attacker.settled();
    await passed();
    expect(await world().count('relay', 'match')).toBe(matches);
    expect(await noticesAt(VICTIM)).toBe(told);
    for (const handle of handles) await attacker.send('tag.delete', { handle });
    await attacker.settled();
  });

  describe('who is asked', () => {
    let person: KnownYouth;
    let question: string;
    let key: Uint8Array;

    /** Somebody of the victim files on a youth of whom the attacker says to have something in its archive. */
    beforeEach(async () => {
      person = world().nextYouth();
      const of = await secretOf(world(), person.bsn);
      key = of.archiveKey(EPOCH);
      const tag = of.archiveTag(EPOCH).revealBase64Url();
      await attacker.send('tag.put', { epoch: EPOCH, handle: newHandle(), tag, archived: true });
      await attacker.settled();
      const asked = attacker.bodies('archive.asked').length;
      await file(world(), VICTIM, person);
      ({ question } = await until(() => attacker.bodies('archive.asked')[asked]));
    });

    const answer = async (
      content: EarlierProfessionals,
      { archiveKey = key, of = question, to = VICTIM, sealedBy = world().secretsOf(ATTACKER).card } = {},
    ): Promise<void> => {
      const binding = { question: of, from: ATTACKER, to, epoch: EPOCH };
      const { publicKey } = world().secretsOf(to).card;
      const sealed = await sealAnyArchiveAnswer(content, binding, sealedBy, publicKey, archiveKey);
      await attacker.send('archive.answer', { ...sealed, toRegion: to });
      await attacker.settled();
      await passed();
    };
    const good: EarlierProfessionals = { v: 1, professionals: [PERSON], more: 0 };
    const unopenable = async (): Promise<number> => {
      const [row] = await world().rows<{ count: number }>(
        VICTIM,
        `select coalesce(sum(count), 0)::int as count from rejected_message
         where peer = $1 and reason = 'unopenable-archive-answer'`,
        [ATTACKER],
      );
      return row!.count;
    };

    it('answers once, and nobody who did not ask', async () => {
      const [before, told] = [await rejected('unasked-answer'), await noticesAt(VICTIM)];
      await answer(good, { to: THIRD });
      await answer(good, { of: newHandle() });
      expect(await noticesAt(VICTIM)).toBe(told);
      expect(await world().count(THIRD, `archive_answer where region = $1`, [ATTACKER])).toBe(0);
      await answer(good);
      await until(async () => (await noticesAt(VICTIM)) === told + 1);
      await answer(good);
      await answer({ ...good, professionals: [{ ...PERSON, name: 'Een Ander' }] });
      world().willBeCounted(ATTACKER, 'unasked-answer', 4);
      expect(await rejected('unasked-answer')).toBe(before + 4);
      expect(await noticesAt(VICTIM)).toBe(told + 1);
    });

    it.each([
      ['about another person', { archiveKey: randomBytes(32) }, good],
      ['sealed by another', { sealedBy: generateKeys('x25519') }, good],
      ['with a link', {}, { ...good, professionals: [{ ...PERSON, name: 'https://kwaad.example' }] }],
    ])('and answers %s, is told to nobody', async (_what, how, content) => {
      const [told, before] = [await noticesAt(VICTIM), await unopenable()];
      await answer(content, how);
      await until(async () => (await unopenable()) > before);
      expect(await noticesAt(VICTIM)).toBe(told);
    });
  });

  it('a flood of questions mails nobody, and others find one another meanwhile', async () => {
    const [before, told] = [await rejected('too-many-questions'), await noticesAt(VICTIM)];
    const tag = secret.archiveTag(EPOCH).revealBase64Url();
    const flood = (async () => {
      for (let sent = 0; sent < FLOOD; sent += 100)
        await Promise.all(
          Array.from({ length: 100 }, () =>
            attacker.send('archive.ask', { question: newHandle(), handle: live, tag }),
          ),
        );
    })();
    await Promise.all([flood, othersFindOneAnother(world())]);
    await attacker.settled();
    await until(
      async () => (await world().count('relay', 'archive_question where from_region = $1', [ATTACKER])) === 0,
    );
    world().willBeCounted(ATTACKER, 'too-many-questions', (await rejected('too-many-questions')) - before);
    expect(await noticesAt(VICTIM)).toBe(told);
  });
}
