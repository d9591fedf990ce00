import { generateKeys, inboxPrefix, Signer, subjects } from '#libs/protocol';
import { SodiumOprf } from '#libs/pseudonyms';
import { newTag, type TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import { ATTACKER, register, VICTIMS } from './names.js';
import { elementsOf, evaluationOf, othersFindOneAnother, signedRequest } from './people.js';
import type { World } from './world.js';

const [VICTIM] = VICTIMS;
const MANY = 2_000;
const HOLDER = register.keyHolders[0]!.id;

/** However much one region sends, the others are served. */
export function floods(world: () => World): void {
  let attacker: TestRegion;
  beforeAll(async () => {
    await world().drainInbox(ATTACKER);
    attacker = await world().attackingRegion();
    await attacker.settled();
  });
  afterAll(() => attacker?.close());

  it('a flood of bad messages is counted in a line or two, and others find one another meanwhile', async () => {
    const unsigned = async () => (await world().rejectedOf(ATTACKER)).unsigned ?? 0;
    const [before, lines] = [await unsigned(), world().loggedSoFar];
    const { connection } = await world().client(ATTACKER);
    for (let n = 0; n < MANY; n++) connection.publish(subjects.up(ATTACKER, 'tag.put'), `${n}`);
    world().willBeCounted(ATTACKER, 'unsigned', MANY);
    await othersFindOneAnother(world());
    await until(async () => (await unsigned()) >= before + MANY);
    expect(await unsigned()).toBe(before + MANY);
    expect(
      await world().count('relay', `rejected_message where peer = $1 and reason = 'unsigned'`, [ATTACKER]),
    ).toBeLessThanOrEqual(2);
    // one for each batch, of up to 500
    expect(world().logged('relay', 'message-rejected', lines).length).toBeLessThan(MANY / 2);
  });

  it('a flood of good messages is taken one after the other, and others find one another meanwhile', async () => {
    const before = await world().count('relay', 'tag where region = $1', [ATTACKER]);
    const flood = (async () => {
      for (let sent = 0; sent < MANY; sent += 100)
        await Promise.all(Array.from({ length: 100 }, () => attacker.put(newTag())));
    })();
    await Promise.all([flood, othersFindOneAnother(world())]);
    await attacker.settled();
    expect(await world().count('relay', 'tag where region = $1', [ATTACKER])).toBe(before + MANY);
  });

  it('questions for the register without end leave nobody else without an answer', async () => {
    const [{ connection }, victim] = [await world().client(ATTACKER), await world().client(VICTIM)];
    const reply = `${inboxPrefix(ATTACKER)}.unread`;
    for (let n = 0; n < MANY; n++) connection.publish(subjects.register, '', { reply });
    const answer = await victim.connection.request(subjects.register, '', { timeout: 20_000 });
    expect(answer.data.length).toBeGreaterThan(1_000);
  });

  it('questions for a key holder without end are refused or dropped, and others are answered', async () => {
    const figures = async () => {
      const { url } = world().federation.keyHolders.find(({ id }) => id === HOLDER)!;
      const text = await (await fetch(`${url}/metrics`)).text();
      const valueOf = (name: string) =>
        Number(
          text
            .split('\n')
            .find((line) => line.startsWith(name))
            ?.split(' ')[1] ?? 0,
        );
      return (
        valueOf('evaluations_refused_total{reason="wrong-signature"}') + valueOf('requests_dropped_total')
      );
    };
    const before = await figures();
    const stranger = new Signer(generateKeys('ed25519'));
    const { connection } = await world().client(ATTACKER);
    const [element] = elementsOf(await SodiumOprf.load(), 1);
    for (let n = 0; n < MANY; n++) {
      const { payload, headers } = signedRequest(evaluationOf(HOLDER, [element!]), stranger);
      connection.publish(subjects.evaluate(HOLDER, ATTACKER), payload, { headers });
    }
    // which takes evaluations of both
    await othersFindOneAnother(world());
    await until(async () => (await figures()) >= before + MANY);
    expect(await figures()).toBe(before + MANY);
  });
}
