import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { jetstream, JetStreamApiError } from '@nats-io/jetstream';
import {
  generateKeys,
  Signer,
  signRegister,
  streams,
  subjects,
  type KeyPairText,
  type SignedRegister,
} from '#libs/protocol';
import { until } from '../../apps/national-relay/test/until.js';
import { PARTS } from '../../deploy/local/environments.js';
import { coordinatorFile, registerFile } from '../../deploy/local/plan.js';
import type { Client } from './client.js';
import { identities } from './membership.js';
import { ATTACKER, register, RELAY_ITSELF, VICTIMS } from './names.js';
import { othersFindOneAnother } from './people.js';
import type { World } from './world.js';

const [VICTIM] = VICTIMS;
/** Error of the JetStream API: the stream may take no more bytes. */
const STREAM_FULL = 10_077;

/** What can be tried while the relay is away: to fill the hub, and to speak in the relay's place. */
export function away(world: () => World): void {
  const programs = [...VICTIMS, ...register.keyHolders.map((_, place) => PARTS.keyHolder(place))];
  let linesBefore: number;
  let before: object;
  let asked = 0;
  let answeringClient: Client;
  let answering: { unsubscribe(): void };
  /** The register that each program has in force, as its database keeps it. */
  const inForce = () =>
    Promise.all([
      ...VICTIMS.map((region) =>
        world().rows(region, 'select version, document, signature from stored_register order by version'),
      ),
      ...register.keyHolders.map(({ id }) =>
        world().rows(id, 'select version, document, signature from region_register_copy'),
      ),
    ]);
  /** How often a program was given a register that it did not believe; that it was given none does not count. */
  const refusedBy = (program: string): number => {
    const unreadable = world()
      .logged(program, 'register-not-fetched', linesBefore)
      .filter(({ kind, error }) =>
        ['UntrustedRegister', 'MalformedMessage'].includes((kind ?? error) as string),
      );
    return (
      unreadable.length +
      ['register-refused', 'register-too-old'].flatMap((event) => world().logged(program, event, linesBefore))
        .length
    );
  };

  beforeAll(async () => {
    before = await inForce();
    await world().federation.stopPart(PARTS.relay);
    const answers = falseRegisters(world());
    linesBefore = world().loggedSoFar;
    // all programs ask within half a minute
    answeringClient = await world().client(RELAY_ITSELF);
    answering = answeringClient.listen(
      subjects.register,
      (message) => void message.respond(JSON.stringify(answers[asked++ % answers.length])),
    );
  });
  afterAll(async () => {
    if (world() && !world().federation.part(PARTS.relay).running)
      await world().federation.startPart(PARTS.relay);
  });

  it('a region that fills its stream fills no other, and no more of the disk than is its own', async () => {
    const before = await world().acceptedOf(ATTACKER);
    const { connection } = await world().client(ATTACKER);
    const js = jetstream(connection, { apiPrefix: streams.regionApiPrefix, timeout: 20_000 });
    const junk = randomBytes(200_000);
    let refusal: unknown;
    // more than the stream takes, and not without end
    for (let sent = 0; sent < 500 && refusal === undefined; sent += 10) {
      const sending = Array.from({ length: 10 }, () => js.publish(subjects.up(ATTACKER, 'tag.put'), junk));
      for (const result of await Promise.allSettled(sending))
        if (result.status === 'rejected') refusal = result.reason;
    }
    expect(refusal).toBeInstanceOf(JetStreamApiError);
    expect((refusal as JetStreamApiError).code).toBe(STREAM_FULL);
    const { state } = await (await world().manager()).streams.info(streams.up(ATTACKER));
    expect(state.bytes).toBeLessThanOrEqual(streams.maxBytes);
    expect(state.bytes).toBeGreaterThan(streams.maxBytes / 2);
    world().willBeCounted(ATTACKER, 'unsigned', (await world().acceptedOf(ATTACKER)) - before);

    const accepted = await (
      await world().streamsOf(VICTIM)
    ).publish(subjects.up(VICTIM, 'vreemd'), 'plaats genoeg');
    expect(accepted.stream).toBe(streams.up(VICTIM));
    world().willBeCounted(VICTIM, 'unsigned');
  });

  describe('a hub to which somebody comes', () => identities(world));

  it('a register that somebody else gives is believed by nobody', async () => {
    await until(() => programs.every((program) => refusedBy(program) > 0), 120);
    answering.unsubscribe();
    await answeringClient.connection.flush();
    expect(asked).toBeGreaterThanOrEqual(programs.length);
    expect(await inForce()).toEqual(before);
  });

  it('when the relay is back it goes through all that was piled up, and the others find one another', async () => {
    await world().federation.startPart(PARTS.relay);
    await othersFindOneAnother(world());
    const manager = await world().manager();
    await until(async () => (await manager.streams.info(streams.up(ATTACKER))).state.messages === 0, 120);
  });
}

/** Registers in which nobody takes part any more, each of which is not the coordinator's word; and one that is out of date. */
function falseRegisters(world: World): unknown[] {
  const { planFolder } = world.federation;
  const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
  const coordinator = new Signer(read<KeyPairText>(coordinatorFile(planFolder)));
  const inForce = world.registerInForce();
  const next = { ...inForce, version: inForce.version + 1, regions: [] };
  const document = JSON.stringify(next);
  return [
    signRegister(coordinator, { ...next, version: inForce.version - 1 }),
    signRegister(new Signer(generateKeys('ed25519')), next),
    { ...read<SignedRegister>(registerFile(planFolder)), document },
    { document, signature: coordinator.sign('roll', Buffer.from(document)) },
    { document, signature: '' },
    'not a register',
  ];
}
