import { randomBytes, randomUUID } from 'node:crypto';
import { DAY } from '#libs/clock';
import { sealAnyCard } from '../../libs/protocol/src/unchecked.fixture.js';
import { generateKeys, openCard, type CardEntry, type ContactCard } from '#libs/protocol';
import type { PersonSecret } from '#libs/pseudonyms';
import { newHandle, newTag, type TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import type { KnownYouth } from '../federation/youths.js';
import { ATTACKER, VICTIMS } from './names.js';
import { file, FILERS, othersFindOneAnother, secretOf } from './people.js';
import type { World } from './world.js';

const [VICTIM, THIRD] = VICTIMS;
const PERSON = {
  ...{ name: 'K. Kwaad', function: 'medewerker', organisation: 'Stichting Kwaad', phone: '010 000 00 99' },
  email: 'k.kwaad@kwaad.voorbeeld.example',
};
type Sealed = Awaited<ReturnType<typeof sealAnyCard>>;

/** What a region that has a match, or would like to, must not reach at the others. */
export function cards(world: () => World): void {
  let attacker: TestRegion;
  beforeAll(async () => {
    await world().drainInbox(ATTACKER);
    attacker = await world().attackingRegion();
  });
  afterAll(() => attacker?.close());

  /** Files at a region and waits until the relay has a tag more of it. */
  const fileAndPut = async (region: string, youth: KnownYouth): Promise<void> => {
    const tags = () => world().count('relay', 'tag where region = $1', [region]);
    const before = await tags();
    await file(world(), region, youth);
    await until(async () => (await tags()) > before);
  };
  const noticeOf = (handle: string, peer: string) =>
    until(() =>
      attacker.bodies('match.found').find((each) => each.handle === handle && each.peerRegion === peer),
    );
  interface Row {
    out_n: number;
    out_confirmed_n: number;
    out_outcome: string | null;
    in_incarnation: number;
    in_n: number;
    in_card: Buffer | null;
    in_unopenable: number;
    in_valid_until: Date | null;
  }
  const matchAt = async (region: string, matchId: string): Promise<Row | undefined> =>
    (await world().rows<Row>(region, 'select * from federated_match where match_id = $1', [matchId]))[0];
  const entry = (youthRef: string, change: object = {}): CardEntry => ({
    ...PERSON,
    entryId: randomUUID(),
    youthRef,
    kind: 'school',
    filedAt: new Date().toISOString(),
    contactMade: [],
    ...change,
  });
  const cardOf = (entries: CardEntry[]): ContactCard => ({
    v: 1,
    entries,
    leads: [],
    more: 0,
    validUntil: new Date(Date.now() + 30 * DAY).toISOString(),
  });
  const rejected = async (reason: string): Promise<number> =>
    (await world().rejectedOf(ATTACKER))[reason] ?? 0;

  /** One match of the attacker with a region, and the cards that it sends on it. */
  class Exchange {
    private n = 0;
    constructor(
      readonly matchId: string,
      readonly peer: string,
      readonly secret: PersonSecret,
    ) {}
    get youthRef(): string {
      return this.secret.youthRef(this.matchId);
    }
    get version() {
      return { incarnation: attacker.incarnation, n: this.n };
    }
    seal(
      content: unknown,
      change: { binding?: object; key?: Uint8Array; stranger?: true } = {},
    ): Promise<Sealed> {
      this.n++;
      return sealAnyCard(
        content,
        {
          matchId: this.matchId,
          from: ATTACKER,
          to: this.peer,
          epoch: 1,
          version: this.version,
          ...change.binding,
        },
        change.stranger ? generateKeys('x25519') : world().secretsOf(ATTACKER).card,
        world().secretsOf(this.peer).card.publicKey,
        change.key ?? this.secret.cardKey(1),
      );
    }
    /** Sends a card, and waits for what the other side says to it. */
    async send(sealed: Sealed): Promise<string> {
      const { version } = this;
      await attacker.send('card.send', { ...sealed, matchId: this.matchId, version, toRegion: this.peer });
      const receipt = await until(() =>
        attacker
          .bodies('receipt.deliver')
          .find((each) => each.matchId === this.matchId && each.version.n === version.n),
      );
      return receipt.outcome;
    }
    async answers(): Promise<ContactCard[]> {
      const came = attacker.bodies('card.deliver').filter(({ matchId }) => matchId === this.matchId);
      return Promise.all(
        came.map((card) =>
          openCard(
            card,
            { matchId: this.matchId, from: this.peer, to: ATTACKER, epoch: 1, version: card.version },
            world().secretsOf(ATTACKER).card,
            world().secretsOf(this.peer).card.publicKey,
            this.secret.cardKey(1),
          ).then(({ document }) => document),
        ),
      );
    }
    row = () => matchAt(this.peer, this.matchId);
  }

  let exchange: Exchange;
  let secret: PersonSecret;
  let youth: KnownYouth;

  describe('a region that wants to know who has a signal on a youth', () => {
    beforeAll(async () => {
      youth = world().nextYouth();
      secret = await secretOf(world(), youth.bsn);
      await fileAndPut(VICTIM, youth);
    });
    it('finds nobody with the right tag in another epoch, or with one bit changed', async () => {
      const tag = secret.tag(1).revealBase64Url();
      const flipped = Buffer.from(tag, 'base64url');
      flipped[0]! ^= 1;
      for (const epoch of [2, 2_000_000_000]) await attacker.put(tag, newHandle(), epoch);
      await attacker.put(flipped.toString('base64url'));
      await attacker.settled();
      expect(attacker.bodies('match.found')).toEqual([]);
    });
    it('is told of a match with the right one, and gets nothing as long as it says nothing', async () => {
      const handle = await attacker.put(secret.tag(1).revealBase64Url());
      const { matchId, sendFirst } = await noticeOf(handle, VICTIM);
      expect(sendFirst).toBe(true);
      exchange = new Exchange(matchId, VICTIM, secret);
      // the notice and what follows from it are one transaction
      expect(await until(() => exchange.row())).toMatchObject({ out_n: 0, in_card: null });
    });
    it('gets nothing by putting the tag under ten other handles', async () => {
      for (let n = 0; n < 10; n++) await attacker.put(secret.tag(1).revealBase64Url());
      const ours = (and = '') =>
        world().count(VICTIM, `federated_match where peer_region = $1 ${and}`, [ATTACKER]);
      await until(async () => (await ours()) >= 11);
      expect(await ours('and out_n > 0')).toBe(0);
      expect(attacker.bodies('card.deliver')).toEqual([]);
    });

    const good = () => cardOf([entry(exchange.youthRef)]);
    const spoiled: [string, () => Promise<Sealed>][] = [
      [
        'made up',
        async () => ({
          ...(await exchange.seal(good())),
          enc: newTag(),
          ciphertext: randomBytes(40_976).toString('base64url'),
        }),
      ],
      ['that is too short', async () => ({ ...(await exchange.seal(good())), ciphertext: 'AAAA' })],
      ['sealed with the secret of somebody else', () => exchange.seal(good(), { key: randomBytes(32) })],
      ['sealed with a key that is not in the register', () => exchange.seal(good(), { stranger: true })],
      ['sealed for another match', () => exchange.seal(good(), { binding: { matchId: newHandle() } })],
      ['sealed for another region', () => exchange.seal(good(), { binding: { to: THIRD } })],
      ['sealed in another region’s name', () => exchange.seal(good(), { binding: { from: THIRD } })],
      ['sealed for another epoch', () => exchange.seal(good(), { binding: { epoch: 2 } })],
      [
        'sealed as another version',
        () => exchange.seal(good(), { binding: { version: { incarnation: 1, n: 1 } } }),
      ],
    ];
    const texts: [string, string][] = [
      ['a link', 'Log in op https://kwaad.example'],
      ['a link without a scheme', 'www.kwaad.example'],
      ['a link with a path', 'kwaad.example/inloggen'],
      ['markup', '<a href=x>Klik</a>'],
      ['a line more', 'K. Kwaad\nBcc: iedereen@voorbeeld.example'],
      ['a carriage return', 'K. Kwaad\r'],
      ['a line separator, with a link behind it', 'K.\u2028https://kwaad.example'],
      ['a paragraph separator', 'K.\u2029Beste'],
      ['a NUL character', 'K.\0'],
      ['an escape character', '\u001b[31mK.'],
      ['a turn of direction', 'K.\u202edaawK'],
      ['an invisible character', 'K.\u200bKwaad'],
      ['half a character', 'K.\ud800'],
      ['nothing', ''],
      ['too much', 'x'.repeat(101)],
    ];
    const contents: [string, (ref: string) => unknown][] = [
      ...texts.flatMap(([what, text]) =>
        ['name', 'function', 'organisation'].map((line): [string, (ref: string) => unknown] => [
          `with ${what} as ${line}`,
          (ref) => cardOf([entry(ref, { [line]: text })]),
        ]),
      ),
      ['with a sentence for a telephone number', (ref) => cardOf([entry(ref, { phone: 'bel 0900-kwaad' })])],
      ['with two addresses', (ref) => cardOf([entry(ref, { email: 'a@kwaad.example, b@kwaad.example' })])],
      ['with a link for an address', (ref) => cardOf([entry(ref, { email: 'mailto:a@kwaad.example' })])],
      ['with a list for an entry', () => ({ ...cardOf([]), entries: [[]] })],
      ['with null for an entry', () => ({ ...cardOf([]), entries: [null] })],
      ['with an object for the entries', (ref) => ({ ...cardOf([]), entries: { 0: entry(ref), length: 1 } })],
      ['filed at a moment that is none', (ref) => cardOf([entry(ref, { filedAt: '2026-W53-7' })])],
      ['valid until a moment that is none', (ref) => ({ ...cardOf([entry(ref)]), validUntil: 'nooit' })],
      ['with a number that no database holds', (ref) => ({ ...cardOf([entry(ref)]), more: 1e300 })],
      ['with more entries than a card has', (ref) => cardOf(Array.from({ length: 31 }, () => entry(ref)))],
      ['that is a list', () => []],
      ['that is null', () => null],
      ['that is a number', () => 7],
    ];
    it.each([
      ...spoiled,
      ...contents.map(([what, content]): (typeof spoiled)[0] => [
        what,
        () => exchange.seal(content(exchange.youthRef)),
      ]),
    ])('gets nothing for a card %s, which alarms and is shown to nobody', async (_what, seal) => {
      const before = (await exchange.row())!.in_unopenable;
      expect(await exchange.send(await seal())).toBe('unopenable');
      expect(await exchange.row()).toMatchObject({ out_n: 0, in_card: null, in_unopenable: before + 1 });
    });
    it('alarms the coordinator by such cards, at both sides, and nobody got a mail', async () => {
      expect(await world().alarms()).toEqual(
        expect.arrayContaining([`unopenable-cards ${ATTACKER}`, `unopenable-cards ${VICTIM}`]),
      );
      expect(await world().stage.mailbox.to(world().stage.person(FILERS[VICTIM]!).email)).toEqual([]);
      expect(attacker.bodies('card.deliver')).toEqual([]);
    });
    it('learns who it is when it says who it has itself: so it was the cards that were refused', async () => {
      expect(await exchange.send(await exchange.seal(good()))).toBe('opened');
      await until(async () => (await exchange.answers()).length > 0);
      const { email } = world().stage.person(FILERS[VICTIM]!);
      expect((await exchange.answers())[0]!.entries).toMatchObject([{ email }]);
      await until(async () =>
        (await world().stage.mailbox.to(email)).some(({ text }) =>
          text.includes(`- ${PERSON.name}, ${PERSON.function}, ${PERSON.organisation}`),
        ),
      );
    });
    it.each<[string, (ref: string) => unknown]>([
      ['a reason', (ref) => cardOf([entry(ref, { reason: 'verzuim' })])],
      ['a reason beside the entries', (ref) => ({ ...cardOf([entry(ref)]), note: 'verzuim' })],
      [
        'a link in a lead',
        (ref) => ({
          ...cardOf([entry(ref)]),
          leads: [
            {
              ...PERSON,
              name: 'https://kwaad',
              youthRef: ref,
              leadingRegion: ATTACKER,
              leadingBecause: 'residence',
              because: 'appointed',
            },
          ],
        }),
      ],
      ['a list for a residence', (ref) => ({ ...cardOf([entry(ref)]), residence: [] })],
      ['a list for a replacement', (ref) => cardOf([entry(ref, { replacement: [] })])],
      [
        'a residence on a day that is none',
        (ref) => ({ ...cardOf([entry(ref)]), residence: { municipality: '0344', asOf: '2026-W53-7' } }),
      ],
    ])('has %s read by nobody: the rest of the card counts', async (_what, content) => {
      expect(await exchange.send(await exchange.seal(content(exchange.youthRef)))).toBe('opened');
      const seen = JSON.stringify(await world().stage.visitor(FILERS[VICTIM]!).read('matches'));
      expect(seen).toContain(PERSON.name);
      expect(seen).not.toMatch(/verzuim|https:|W53/);
    });
    it('cannot make its card count for longer than others can', async () => {
      const validUntil = '9999-12-31T23:59:59.999Z';
      expect(await exchange.send(await exchange.seal({ ...good(), validUntil }))).toBe('opened');
      expect((await exchange.row())!.in_valid_until!.getTime()).toBeLessThan(Date.now() + 36 * DAY);
    });
    it('cannot go back to an older card', async () => {
      const old = { incarnation: attacker.incarnation, n: 1 };
      const sealed = await exchange.seal(cardOf([]), { binding: { version: old } });
      await attacker.send('card.send', {
        ...sealed,
        matchId: exchange.matchId,
        version: old,
        toRegion: VICTIM,
      });
      expect(await exchange.send(await exchange.seal(good()))).toBe('opened');
      expect((await exchange.row())!.in_card).not.toBeNull();
    });
    it.each([
      ['with a place that no card had', { incarnation: 1, n: 2_000_000_000 }, false],
      ['of an incarnation that was not', { incarnation: 1_000_000_000, n: 1 }, false],
      ['larger than a database holds', { incarnation: 1, n: 2 ** 31 }, true],
    ])('cannot confuse the other side by a receipt %s', async (_what, version, malformed) => {
      const said = ({ out_n, out_confirmed_n, out_outcome }: Row) => ({
        out_n,
        out_confirmed_n,
        out_outcome,
      });
      const [before, count] = [said((await exchange.row())!), await rejected('malformed')];
      const receipt = {
        matchId: exchange.matchId,
        version,
        outcome: 'unopenable' as const,
        toRegion: VICTIM,
      };
      if (malformed) {
        await attacker.publish(
          'receipt.send',
          attacker.sealed('receipt.send', receipt, { seq: attacker.seq + 1 }),
        );
        world().willBeCounted(ATTACKER, 'malformed');
        await until(async () => (await rejected('malformed')) === count + 1);
      } else await attacker.send('receipt.send', receipt);
      // what is said afterwards is heard: nothing is stuck at the other side
      expect(await exchange.send(await exchange.seal(good()))).toBe('opened');
      expect(said((await exchange.row())!)).toEqual(before);
    });
  });

  describe('a match between two others', () => {
    let matchId: string;
    beforeAll(async () => {
      matchId = await othersFindOneAnother(world());
    });
    it('gets no card and no receipt of a region that is not in it, and it is counted', async () => {
      const [before, there] = [await rejected('not-a-side'), (await matchAt(VICTIM, matchId))!];
      for (const peer of VICTIMS) {
        const about = new Exchange(matchId, peer, secret);
        await attacker.send('card.send', {
          ...(await about.seal(cardOf([]))),
          version: { incarnation: 999_999_999, n: 9 },
          toRegion: peer,
        });
        await attacker.send('receipt.send', {
          matchId,
          version: { incarnation: 1, n: 1 },
          outcome: 'ended',
          toRegion: peer,
        });
      }
      await attacker.settled();
      expect(await rejected('not-a-side')).toBe(before + 4);
      world().willBeCounted(ATTACKER, 'not-a-side', 4);
      expect(await matchAt(VICTIM, matchId)).toMatchObject({
        ...{ in_incarnation: there.in_incarnation, in_unopenable: 0, in_card: expect.anything() },
        out_outcome: 'opened',
      });
    });
    it('is not found by guessing, and that is counted too', async () => {
      const before = await rejected('unknown-match');
      for (let n = 0; n < 5; n++)
        await attacker.send('card.send', {
          ...(await new Exchange(newHandle(), VICTIM, secret).seal(cardOf([]))),
          toRegion: VICTIM,
        });
      await attacker.settled();
      expect(await rejected('unknown-match')).toBe(before + 5);
      world().willBeCounted(ATTACKER, 'unknown-match', 5);
    });
  });

  it('somebody of a third region is not hidden behind the attacker, who takes over the entry id', async () => {
    await file(world(), THIRD, youth);
    const { email } = world().stage.person(FILERS[THIRD]!);
    const involved = async () =>
      (
        await world().stage.visitor(FILERS[VICTIM]!).read<{ involved: { email: string }[] }[]>('matches')
      ).flatMap((match) => match.involved.map((each) => each.email));
    await until(async () => (await involved()).includes(email));
    const { handle } = attacker.bodies('match.found').find(({ matchId }) => matchId === exchange.matchId)!;
    const third = new Exchange((await noticeOf(handle, THIRD)).matchId, THIRD, secret);
    await third.send(await third.seal(cardOf([entry(third.youthRef)])));
    const entryId = await until(async () => (await third.answers()).at(-1)?.entries[0]?.entryId);
    const taken = entry(exchange.youthRef, { entryId, filedAt: '2000-01-01T00:00:00.000Z' });
    expect(await exchange.send(await exchange.seal(cardOf([taken])))).toBe('opened');
    expect(await involved()).toEqual(expect.arrayContaining([email, PERSON.email]));
  });

  it('a region that changes its card all the time does not drown people in mails', async () => {
    const { email } = world().stage.person(FILERS[VICTIM]!);
    const received = async () => (await world().stage.mailbox.to(email)).length;
    const before = await received();
    // in the end one waits for the better part of an hour, and is replaced by what comes
    const waiting = () =>
      world().count(VICTIM, `mail where state = 'queued' and not_before > now() + interval '30 minutes'`);
    for (let n = 0; n < 100 && (await waiting()) === 0; n++)
      expect(await exchange.send(await exchange.seal(cardOf([entry(exchange.youthRef)])))).toBe('opened');
    for (let n = 0; n < 3; n++)
      expect(await exchange.send(await exchange.seal(cardOf([entry(exchange.youthRef)])))).toBe('opened');
    expect(await waiting()).toBe(1);
    expect((await received()) - before).toBeLessThanOrEqual(20);
  });

  it('its last card ends the match, as is its right, and nothing of it is left', async () => {
    expect(await exchange.send(await exchange.seal(cardOf([])))).toBe('opened');
    expect(await exchange.row()).toBeUndefined();
  });
}
