import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { generateKeys, openRegister, parse, SignedRegister, subjects } from '#libs/protocol';
import { OutboxSender } from '#libs/messaging';
import { TestFederation } from '../../test/test-federation.js';
import { newTag } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';

describe('the region register at the relay', () => {
  let federation: TestFederation;
  let relay: TestRelay | undefined;
  beforeEach(async () => {
    federation = await TestFederation.start('noord', 'zuid');
  });
  afterEach(async () => {
    await relay?.stop();
    relay = undefined;
    await federation.stop();
  });

  const streamNames = async () => {
    const { account_details } = (await (
      await fetch(`${federation.hub.monitorUrl}/jsz?streams=true`)
    ).json()) as { account_details: { stream_detail: { name: string }[] }[] };
    return account_details.flatMap(({ stream_detail }) => stream_detail.map(({ name }) => name)).sort();
  };

  const alarms = async () => {
    const { body } = await relay!.get('/api/v1/alarms', 'landelijk');
    return (body as { alarms: { kind: string; party: string }[] }).alarms.map(({ kind }) => kind);
  };

  it('keeps it from starting when somebody else signed it, when it is not there, and when it names another relay', async () => {
    federation.issue({}, generateKeys('ed25519'));
    await expect(TestRelay.start(federation)).rejects.toThrow(
      'REGISTER_FILE: the region register not signed by the coordinator',
    );
    writeFileSync(federation.registerFile, '{');
    await expect(TestRelay.start(federation)).rejects.toThrow(
      'REGISTER_FILE: the region register cannot be read',
    );
    federation.issue({
      relay: { ...federation.register.relay, signingKey: generateKeys('ed25519').publicKey },
    });
    await expect(TestRelay.start(federation)).rejects.toThrow('SIGNING_PUBLIC_KEY');
  });

  it('keeps it from starting with a lower version than it has seen before', async () => {
    federation.issue({ version: 5 });
    relay = await TestRelay.start(federation);
    await relay.stop();
    relay = undefined;
    federation.issue({ version: 4 });
    await expect(TestRelay.start(federation)).rejects.toThrow('is older than version 5, seen before');
    federation.issue({ version: 5 });
    relay = await TestRelay.start(federation);
  });

  it('is given to every region that asks, with the coordinator’s signature', async () => {
    relay = await TestRelay.start(federation);
    const noord = await federation.region('noord');
    const answer = parse(SignedRegister, await noord.ask(subjects.register));
    expect(openRegister(federation.coordinator.publicKey, answer)).toMatchObject({
      version: 1,
      regions: [{ id: 'noord' }, { id: 'zuid' }],
    });
  });

  it('stays in force when the file is changed into one that is not acceptable, and an alarm says so', async () => {
    relay = await TestRelay.start(federation);
    federation.issue({ version: 2, regions: [] }, generateKeys('ed25519'));
    await until(() => relay!.lines('register-refused').length > 0);
    expect(await alarms()).toContain('register-refused');
    const { body } = await relay.get('/api/v1/regions', 'landelijk');
    expect((body as { regions: { id: string }[] }).regions.map(({ id }) => id)).toEqual(['noord', 'zuid']);
    // the one in force is put back
    federation.issue({ version: 1 });
    await until(async () => !(await alarms()).includes('register-refused'));
  });

  it('brings a new region in while the relay runs', async () => {
    relay = await TestRelay.start(federation);
    const noord = await federation.region('noord');
    await noord.listen();
    const tag = newTag();
    await noord.put(tag);
    await federation.admit('oost');
    const oost = await federation.region('oost');
    await oost.listen();
    const handle = await oost.put(tag);
    const notice = await until(() => oost.bodies('match.found')[0]);
    expect(notice).toMatchObject({ handle, peerRegion: 'noord', sendFirst: true });
    await until(() => noord.bodies('match.found')[0]);
  });

  it('leaves out a suspended region, and matches it with what came meanwhile when it is back', async () => {
    relay = await TestRelay.start(federation);
    const zuid = await federation.region('zuid');
    await zuid.listen();
    const tag = newTag();
    await zuid.put(tag);
    await zuid.settled();
    await federation.setState('zuid', 'suspended');
    await until(() => relay!.lines('register-accepted').length === 2);
    const noord = await federation.region('noord');
    await noord.listen();
    await noord.put(tag);
    await noord.settled();
    expect(await relay.count('match')).toBe(0);
    await federation.setState('zuid', 'admitted');
    const notice = await until(() => noord.bodies('match.found')[0]);
    expect(notice).toMatchObject({ peerRegion: 'zuid', sendFirst: true });
  });

  it('leaves nothing behind of a removed region, and tells the other side of its matches', async () => {
    relay = await TestRelay.start(federation);
    const [noord, zuid] = [await federation.region('noord'), await federation.region('zuid')];
    await Promise.all([noord.listen(), zuid.listen()]);
    const tag = newTag();
    await zuid.put(tag);
    await zuid.settled();
    await until(() => relay!.app.get(OutboxSender).agreements.has('zuid'));
    // from here zuid does not listen: its notice waits
    zuid.deafen();
    await noord.put(tag);
    await until(() => noord.bodies('match.found')[0]);
    expect(await relay.count(`outbox_message where peer = 'zuid'`)).toBe(1);
    await federation.setState('zuid', 'removed');
    await until(() => noord.bodies('match.closed')[0]);
    await until(async () => (await relay!.count(`outbox_message where peer = 'zuid'`)) === 0);
    expect(await streamNames()).toEqual(['DOWN_noord', 'UP_noord']);
    expect(await relay.count(`tag where region = 'zuid'`)).toBe(0);
    expect(await relay.count(`tag where region = 'noord'`)).toBe(1);
    expect(await relay.count('match')).toBe(0);
  });
});
