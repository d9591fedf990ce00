import { randomBytes, randomUUID } from 'node:crypto';
import { generateKeys, Signer, subjects } from '#libs/protocol';
import { SodiumOprf } from '#libs/pseudonyms';
import { until } from '../../apps/national-relay/test/until.js';
import { ATTACKER, register, VICTIMS } from './names.js';
import { ask, elementsOf, evaluationOf } from './people.js';
import { SMALL_QUOTA, type World } from './world.js';

const [VICTIM] = VICTIMS;
const HOLDER = register.keyHolders[0]!.id;
const [OTHER_HOLDER] = register.keyHolders.map(({ id }) => id).filter((id) => id !== HOLDER) as [string];

/** What a key holder must not do for a region that it admits. */
export function evaluations(world: () => World): void {
  let suite: SodiumOprf;
  beforeAll(async () => {
    suite = await SodiumOprf.load();
    // with the small quota in it
    const { version } = world().registerInForce();
    await until(
      async () => (await world().count(HOLDER, 'region_register_copy where version >= $1', [version])) > 0,
    );
  });
  const elements = (count: number) => elementsOf(suite, count);
  const used = async (region: string): Promise<number> => {
    const [row] = await world().rows<{ elements: number }>(
      HOLDER,
      'select coalesce(sum(elements), 0)::int as elements from evaluation_day where region = $1',
      [region],
    );
    return row!.elements;
  };

  const refusals: [string, string, () => Promise<object>][] = [
    [
      'of a stranger',
      'wrong-signature',
      () => ask(world(), HOLDER, evaluationOf(HOLDER, elements(1)), new Signer(generateKeys('ed25519'))),
    ],
    [
      `signed by ${VICTIM}`,
      'wrong-signature',
      () => ask(world(), HOLDER, evaluationOf(HOLDER, elements(1)), world().signerOf(VICTIM)),
    ],
    [
      `for ${VICTIM}, signed by ${ATTACKER}`,
      'malformed',
      () => ask(world(), HOLDER, { ...evaluationOf(HOLDER, elements(1)), region: VICTIM }),
    ],
    [
      `for ${VICTIM}, signed by ${VICTIM}`,
      'malformed',
      () =>
        ask(
          world(),
          HOLDER,
          { ...evaluationOf(HOLDER, elements(1)), region: VICTIM },
          world().signerOf(VICTIM),
        ),
    ],
    [
      'for another key holder',
      'malformed',
      () => ask(world(), HOLDER, evaluationOf(OTHER_HOLDER, elements(1))),
    ],
    [
      'of an epoch to come',
      'wrong-epoch',
      () => ask(world(), HOLDER, { ...evaluationOf(HOLDER, elements(1)), epoch: 2 }),
    ],
    [
      'of an epoch that no database holds',
      'malformed',
      () => ask(world(), HOLDER, { ...evaluationOf(HOLDER, elements(1)), epoch: 1e300 }),
    ],
    ['for nobody', 'malformed', () => ask(world(), HOLDER, evaluationOf(HOLDER, []))],
    ['for 33 at once', 'malformed', () => ask(world(), HOLDER, evaluationOf(HOLDER, elements(33)))],
    [
      'of the identity, which would give a constant',
      'malformed',
      () => ask(world(), HOLDER, evaluationOf(HOLDER, [new Uint8Array(32)])),
    ],
    [
      'of something that is no element',
      'malformed',
      () => ask(world(), HOLDER, evaluationOf(HOLDER, [Buffer.alloc(32, 0xff)])),
    ],
    [
      'with a field more',
      'malformed',
      () => ask(world(), HOLDER, { ...evaluationOf(HOLDER, elements(1)), who: '999990019' }),
    ],
    [
      'that would change prototypes',
      'malformed',
      () =>
        ask(
          world(),
          HOLDER,
          Buffer.from(
            JSON.stringify(evaluationOf(HOLDER, elements(1))).replace('{', '{"__proto__":{"v":1},'),
          ),
        ),
    ],
    [
      'nested without end',
      'malformed',
      () => ask(world(), HOLDER, Buffer.from(`{"v":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)),
    ],
    ['of 200 kB', 'malformed', () => ask(world(), HOLDER, randomBytes(200_000))],
    ['that is empty', 'malformed', () => ask(world(), HOLDER, new Uint8Array())],
  ];
  it.each(refusals)(
    'a request %s is refused as %s, and costs nobody anything',
    async (_what, reason, attempt) => {
      const before = [await used(ATTACKER), await used(VICTIM)];
      expect(await attempt()).toEqual({ v: 1, refused: reason });
      expect([await used(ATTACKER), await used(VICTIM)]).toEqual(before);
    },
  );

  it('a request as it should be is answered, and counted: so it was the rest that was refused', async () => {
    const before = await used(ATTACKER);
    expect(await ask(world(), HOLDER, evaluationOf(HOLDER, elements(3)))).toMatchObject({
      quotaLeft: SMALL_QUOTA - before - 3,
    });
    expect(await used(ATTACKER)).toBe(before + 3);
  });

  it('a request sent again gives the same, is counted once, and not answered for ever', async () => {
    const before = await used(ATTACKER);
    const request = evaluationOf(HOLDER, elements(2));
    const answers = [];
    for (let times = 0; times < 15; times++) answers.push(await ask(world(), HOLDER, request));
    const evaluated = answers.flatMap((answer) => ('evaluated' in answer ? [answer.evaluated] : []));
    expect(new Set(evaluated.map((each) => each.join())).size).toBe(1);
    expect(evaluated).toHaveLength(11);
    expect(answers.at(-1)).toEqual({ v: 1, refused: 'request-reused' });
    expect(await used(ATTACKER)).toBe(before + 2);
  });
  it('an id used again for others is refused', async () => {
    const request = evaluationOf(HOLDER, elements(1));
    await ask(world(), HOLDER, request);
    const again = { ...evaluationOf(HOLDER, elements(2)), requestId: request.requestId };
    expect(await ask(world(), HOLDER, again)).toEqual({ v: 1, refused: 'request-reused' });
  });
  it('another region’s recorded request is worth nothing to the attacker', async () => {
    const request = { ...evaluationOf(HOLDER, elements(1)), region: VICTIM, requestId: randomUUID() };
    const client = await world().client(ATTACKER);
    await expect(
      client.connection.request(subjects.evaluate(HOLDER, VICTIM), JSON.stringify(request), {
        timeout: 5_000,
      }),
    ).rejects.toThrow(/Permissions Violation/);
    expect(await ask(world(), HOLDER, request, world().signerOf(VICTIM))).toEqual({
      v: 1,
      refused: 'malformed',
    });
  });

  it('no more than the quota is evaluated in a day, however it is asked for, and others keep theirs', async () => {
    const others = await used(VICTIM);
    const left = SMALL_QUOTA - (await used(ATTACKER));
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ask(world(), HOLDER, evaluationOf(HOLDER, elements(16)))),
    );
    const answered = answers.filter((answer) => 'evaluated' in answer).length;
    expect(answered).toBe(Math.floor(left / 16));
    expect(
      answers.filter((answer) => 'refused' in answer && answer.refused === 'quota-exceeded'),
    ).toHaveLength(12 - answered);
    expect(await used(ATTACKER)).toBeLessThanOrEqual(SMALL_QUOTA);
    expect(await used(VICTIM)).toBe(others);
    const metrics = await (
      await fetch(`${world().federation.keyHolders.find(({ id }) => id === HOLDER)!.url}/metrics`)
    ).text();
    expect(metrics).toMatch(/evaluations_refused_total\{reason="quota-exceeded"\} [1-9]/);
  });
}
