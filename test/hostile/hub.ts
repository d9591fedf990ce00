import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AckPolicy, RetentionPolicy, type JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { inboxPrefix, streams, subjects } from '#libs/protocol';
import { hubConfigurationFile } from '../../deploy/local/environments.js';
import { until } from '../../apps/national-relay/test/until.js';
import {
  apiOf,
  ATTACKER,
  foreignSubjects,
  foreignToHear,
  HOSTILE_HOLDER,
  ownSubjects,
  patterns,
  patternsIn,
  register,
  RELAY_ITSELF,
  VICTIMS,
} from './names.js';
import type { World } from './world.js';

/** In every message of an attack, and of a control by the owner, so that it is recognised wherever it turns up. */
const EVIL = `kwaad-${randomUUID()}`;
const FAIR = `eigen-${randomUUID()}`;
const [VICTIM] = VICTIMS;
const ATTACKERS = [
  ['a region', ATTACKER],
  ['a key holder', HOSTILE_HOLDER],
] as const;

/** What the hub alone must refuse, with the credentials of one party, towards all others. */
export function hub(world: () => World): void {
  /** What turned up at the parties: at the relay everything in its account, at the others all that they may hear. */
  const heard: { by: string; subject: string; data: string }[] = [];
  const heardWith = (mark: string) => heard.filter(({ data }) => data.includes(mark));

  const listening: { unsubscribe(): void }[] = [];
  let acceptedBefore: number;
  beforeAll(async () => {
    acceptedBefore = await world().acceptedOf(ATTACKER);
    const others = [...VICTIMS, ...register.keyHolders.map(({ id }) => id)].filter(
      (party) => party !== HOSTILE_HOLDER,
    );
    const ears: [string, string][] = [
      [RELAY_ITSELF, '>'],
      ...others.map((party): [string, string] => [party, `${inboxPrefix(party)}.>`]),
      ...register.keyHolders
        .filter(({ id }) => id !== HOSTILE_HOLDER)
        .flatMap(({ id }): [string, string][] => [
          [id, subjects.evaluateAll(id)],
          [id, subjects.manifest(id)],
          [id, subjects.ceremonyAll(id)],
        ]),
    ];
    for (const [party, subject] of ears) {
      const client = await world().client(party);
      listening.push(
        client.listen(
          subject,
          (message) => void heard.push({ by: party, subject: message.subject, data: message.string() }),
        ),
      );
      await client.connection.flush();
    }
  });
  // nothing in this chapter is signed
  afterAll(async () => {
    if (world())
      world().willBeCounted(ATTACKER, 'unsigned', (await world().acceptedOf(ATTACKER)) - acceptedBefore);
  });
  afterAll(() => {
    for (const ear of listening) ear.unsubscribe();
  });
  /** Everything that was sent before has arrived where it goes. */
  const arrived = async () => {
    for (const party of [ATTACKER, HOSTILE_HOLDER, RELAY_ITSELF, ...VICTIMS])
      await (await world().client(party)).connection.flush();
    for (const { id } of register.keyHolders) await (await world().client(id)).connection.flush();
  };

  it('the names attacked are those of the hub that runs', () => {
    const running = readFileSync(hubConfigurationFile(world().federation.planFolder), 'utf8');
    expect(patternsIn(running)).toEqual(patterns);
  });

  describe.each(ATTACKERS)('%s may not publish', (_what, attacker) => {
    const foreign = foreignSubjects(attacker);
    let refused: Set<string>;
    let refusedToOwners: Set<string>;
    beforeAll(async () => {
      const subjectsOf = (owner?: string) =>
        foreign.flatMap(([subject, its]) => (owner === undefined || its === owner ? subject : []));
      const me = await world().client(attacker);
      refused = new Set(await me.refusedToPublish(subjectsOf(), EVIL, subjectsOf()));
      refusedToOwners = new Set();
      for (const owner of new Set(foreign.map(([, owner]) => owner))) {
        // without calls of the API, by which an owner would really delete: that they are real, the next chapter shows
        const own = subjectsOf(owner).filter((subject) => !isApi(subject));
        for (const subject of await (await world().client(owner)).refusedToPublish(own, FAIR))
          refusedToOwners.add(subject);
        for (const subject of own)
          if (owner !== ATTACKER && subject.startsWith(subjects.up(owner, '')))
            world().willBeCounted(owner, 'unsigned');
      }
    });

    it.each(foreign)('on %s, as %s may', (subject) => {
      expect(refused).toContain(subject);
      expect(refusedToOwners).not.toContain(subject);
    });
    it('on what nobody may, not even without an error: nothing of it arrived anywhere, and the owners’ own did', async () => {
      await arrived();
      expect(heardWith(EVIL)).toEqual([]);
      const seen = new Set(heardWith(FAIR).map(({ subject }) => subject));
      for (const subject of [
        ...VICTIMS.flatMap((region) => [
          subjects.up(region, 'tag.put'),
          subjects.down(region, 'card.deliver'),
        ]),
        ...register.keyHolders
          .filter(({ id }) => id !== HOSTILE_HOLDER)
          .map(({ id }) => subjects.evaluate(id, VICTIM)),
      ])
        expect(seen).toContain(subject);
    });
  });

  describe.each(ATTACKERS)('%s may not listen', (_what, attacker) => {
    const foreign = foreignToHear(attacker);
    let refused: Set<string>;
    let refusedToOwners: Set<string>;
    beforeAll(async () => {
      const patterns = foreign.map(([pattern]) => pattern);
      const overheard = () => void heard.push({ by: attacker, subject: '', data: EVIL });
      refused = new Set(await (await world().client(attacker)).refusedToHear(patterns, overheard, patterns));
      refusedToOwners = new Set();
      for (const owner of new Set(foreign.map(([, owner]) => owner))) {
        const own = foreign.flatMap(([pattern, its]) => (its === owner ? pattern : []));
        for (const pattern of await (await world().client(owner)).refusedToHear(own, () => undefined))
          refusedToOwners.add(pattern);
      }
    });

    it.each(foreign)('on %s, as %s may', (pattern) => {
      expect(refused).toContain(pattern);
      expect(refusedToOwners).not.toContain(pattern);
    });
    it('and heard nothing', () => {
      expect(heard.filter(({ by }) => by === attacker)).toEqual([]);
    });
  });

  describe('the JetStream API', () => {
    const scratch = { name: 'SCRATCH', consumer: 'own', subject: 'scratch.x' };
    beforeEach(async () => {
      const manager = await world().manager();
      await manager.streams.add({ name: scratch.name, subjects: [scratch.subject], allow_direct: true });
      await manager.consumers.add(scratch.name, {
        durable_name: scratch.consumer,
        ack_policy: AckPolicy.Explicit,
      });
    });
    afterEach(async () => {
      const manager = await world().manager();
      await manager.streams.delete(scratch.name).catch(() => undefined);
    });
    it.each(apiOf(scratch.name, scratch.consumer))(
      'answers the relay on %s, so the name is real',
      async (call) => {
        const { connection } = await world().client(RELAY_ITSELF);
        // a request for one message, without waiting
        const body = call.includes('MSG.NEXT') ? '{"batch":1,"no_wait":true}' : '{}';
        const answer = await connection.request(call, body, { timeout: 5_000 });
        expect(`${answer.headers?.code ?? ''} ${answer.string()}`).toMatch(
          /"type":"io\.nats\.jetstream\.api|^404|^408/,
        );
      },
    );
  });

  // the attacker's own node is away, so here the others are the ones who reach for what is not theirs
  describe('what waits for a region', () => {
    const stream = streams.down(ATTACKER);
    const pending = async () => {
      const info = await (await world().manager()).consumers.info(stream, streams.nodeConsumer);
      return { waiting: info.num_pending, taken: info.num_ack_pending };
    };
    let message: JsMsg;
    beforeAll(async () => {
      await world().drainInbox(ATTACKER);
      const { connection } = await world().client(RELAY_ITSELF);
      connection.publish(subjects.down(ATTACKER, 'vreemd'), 'wacht');
      const consumer = await (await world().streamsOf(ATTACKER)).consumers.get(stream, streams.nodeConsumer);
      message = await until(() => consumer.next({ expires: 5_000 }).then((next) => next ?? undefined));
    });

    it.each(['+ACK', '-NAK', '+TERM', '+NXT'])('cannot be acknowledged by another one (%s)', async (word) => {
      const before = await pending();
      expect(before.taken).toBeGreaterThan(0);
      const place = (message as unknown as { msg: { reply: string } }).msg.reply;
      for (const other of [VICTIM, HOSTILE_HOLDER]) {
        const me = await world().client(other);
        expect(await me.refusedDuring(() => me.connection.publish(place, word))).toEqual([
          `publish ${place}`,
        ]);
      }
      expect((await pending()).taken).toBe(before.taken);
    });
    it('nor fetched', async () => {
      await expect(
        (await world().streamsOf(VICTIM)).consumers.get(stream, streams.nodeConsumer),
      ).rejects.toThrow(/Permissions Violation/);
    });
    it('but by itself', async () => {
      const { taken } = await pending();
      expect(await message.ackAck()).toBe(true);
      expect((await pending()).taken).toBe(taken - 1);
    });
  });

  describe('the field for the reply', () => {
    const planted = 'geplant';
    const targets = [
      ...VICTIMS.flatMap((region) => [
        subjects.up(region, planted),
        subjects.down(region, planted),
        `${inboxPrefix(region)}.${planted}`,
      ]),
      subjects.down(ATTACKER, planted),
      ...register.keyHolders.flatMap(({ id }) => [
        subjects.evaluate(id, VICTIM),
        `${inboxPrefix(id)}.${planted}`,
        ...register.keyHolders.flatMap((other) =>
          other === undefined ? [] : [subjects.ceremony(id, other.id)],
        ),
      ]),
      `$JS.API.STREAM.PURGE.${streams.up(VICTIM)}`,
      `$JS.API.STREAM.DELETE.${streams.up(VICTIM)}`,
      `$JS.ACK.${streams.down(VICTIM)}.${streams.nodeConsumer}.1.1.1.1.1`,
      `${inboxPrefix(RELAY_ITSELF)}.${planted}`,
      `_R_.${planted}`,
      `$SYS.REQ.${planted}`,
    ];
    const doors = ownSubjects(ATTACKER).filter(
      (subject) => !subject.startsWith(subjects.up(ATTACKER, '')) || subject.endsWith('.vreemd'),
    );
    describe.each(doors)('of a message on %s', (door) => {
      let spoken: Set<string>;
      beforeAll(async () => {
        const { connection } = await world().client(ATTACKER);
        const from = heard.length;
        for (const target of targets) connection.publish(door, EVIL, { reply: target });
        // what is asked later on the same way is answered later
        await connection.request(subjects.register, '', { timeout: 10_000 });
        await arrived();
        spoken = new Set(heard.slice(from).map(({ subject }) => subject));
      });
      it.each(targets)('does not have the hub speak on %s', (target) => {
        expect(spoken).not.toContain(target);
      });
    });
    it('is heard where it may lead: the attacker’s own inbox', async () => {
      const { connection } = await world().client(ATTACKER);
      const inbox = `${inboxPrefix(ATTACKER)}.${planted}`;
      const answers: string[] = [];
      const listening = connection.subscribe(inbox, {
        callback: (_e, message) => void answers.push(message.string()),
      });
      connection.publish(subjects.up(ATTACKER, 'vreemd'), EVIL, { reply: inbox });
      await until(() => answers.some((answer) => answer.includes(streams.up(ATTACKER))));
      listening.unsubscribe();
    });
    it('left the streams of the others as they were', async () => {
      const manager = await world().manager();
      for (const { id } of register.regions)
        for (const name of [streams.up(id), streams.down(id)])
          expect((await manager.streams.info(name)).config.retention).toBe(RetentionPolicy.Workqueue);
    });
  });

  describe('headers that the hub understands', () => {
    it.each([
      ['Nats-Rollup', 'all'],
      ['Nats-Rollup', 'sub'],
      ['Nats-TTL', 'never'],
      ['Nats-Schedule', '@at 2000-01-01T00:00:00Z'],
      ['Nats-Schedule-Target', subjects.up(VICTIM, 'vreemd')],
      ['Nats-Trace-Dest', subjects.up(VICTIM, 'vreemd')],
      ['Nats-Expected-Stream', streams.up(VICTIM)],
    ])('%s: %s reaches nobody else', async (name, value) => {
      const { connection } = await world().client(ATTACKER);
      const head = headers();
      head.set(name, value);
      if (name === 'Nats-Schedule-Target') head.set('Nats-Schedule', '@every 1s');
      const from = heard.length;
      await connection
        .request(subjects.up(ATTACKER, 'vreemd'), EVIL, { headers: head, timeout: 1_000 })
        .catch(() => undefined);
      await arrived();
      const places = heard
        .slice(from)
        .flatMap(({ subject, data }) =>
          data.includes(EVIL) || subject === subjects.up(VICTIM, 'vreemd') ? subject : [],
        );
      expect([...new Set(places)].filter((place) => place !== subjects.up(ATTACKER, 'vreemd'))).toEqual([]);
    });
  });

  it('a message id that the attacker used first is not taken for the others', async () => {
    const msgID = randomUUID();
    const publish = async (region: string) =>
      (await world().streamsOf(region)).publish(subjects.up(region, 'vreemd'), EVIL, { msgID });
    expect((await publish(ATTACKER)).duplicate).toBe(false);
    expect((await publish(VICTIM)).duplicate).toBe(false);
    world().willBeCounted(VICTIM, 'unsigned');
    expect((await publish(ATTACKER)).duplicate).toBe(true);
  });

  it('a message larger than the hub allows ends the connection of its sender, and of nobody else', async () => {
    const alone = await world().anotherClient(ATTACKER);
    const victim = await world().client(VICTIM);
    const { info } = alone.connection;
    const large = new Uint8Array(info!.max_payload + 1);
    // the client would refuse by itself: the attacker has its own
    (
      alone.connection as unknown as { protocol: { info: { max_payload: number } } }
    ).protocol.info.max_payload = Number.MAX_SAFE_INTEGER;
    alone.connection.publish(subjects.up(ATTACKER, 'vreemd'), large);
    const error = await alone.connection.closed();
    expect(String(error)).toMatch(/Maximum Payload Violation|closed|ECONNRESET|EPIPE/i);
    await victim.connection.flush();
    expect(victim.connection.isClosed()).toBe(false);
  });
}

const isApi = (subject: string): boolean =>
  /^(\$JS\.API|vi\.js)\./.test(subject) && !/CONSUMER\.(INFO|MSG\.NEXT)\.DOWN_.*\.node$/.test(subject);
