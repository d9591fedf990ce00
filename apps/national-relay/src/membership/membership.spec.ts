import 'reflect-metadata';
import { mkdirSync, rmSync } from 'node:fs';
import { generateKeys, Signer, signRegister, withState, type RegionRegister } from '#libs/protocol';
import { TestFederation } from '../../test/test-federation.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';
import type { ChangeView, MembershipView } from './dto/views.js';

/** A register as somebody signs it who does not check it first. */
const signedAs = (signer: Signer, register: object) => {
  const document = JSON.stringify(register);
  return { document, signature: signer.sign('register', Buffer.from(document, 'utf8')) };
};

describe('membership at the relay', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
    relay = await TestRelay.start(federation);
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const view = async () => (await relay.get('/api/v1/register', 'landelijk')).body as MembershipView;
  const check = (change: object) => relay.ask('post', '/api/v1/register/_check', 'landelijk', change);
  const bring = (register: RegionRegister, keys = federation.coordinator) =>
    relay.ask('post', '/api/v1/register/_apply', 'landelijk', signedAs(new Signer(keys), register));
  const next = (change: Partial<RegionRegister> = {}) => ({
    ...federation.register,
    version: federation.register.version + 1,
    ...change,
  });
  const application = () => ({
    id: 'oost',
    name: 'Verwijsindex Oost',
    municipalities: ['0141'],
    signingKey: generateKeys('ed25519').publicKey,
    cardKey: generateKeys('x25519').publicKey,
    certificateSubject: 'CN=oost,O=Voorbeeld',
  });

  it('shows the register in force, that relay and hub follow it, and the signed text to take along', async () => {
    await until(async () => (await view()).relayFollows);
    expect(await view()).toEqual({
      version: 1,
      issuedAt: '2026-01-01T00:00:00Z',
      epoch: 1,
      relayFollows: true,
      hubFollows: true,
      regions: federation.register.regions,
    });
    const { body, headers } = await relay.get('/api/v1/register/signed', 'landelijk');
    expect(body).toEqual(signRegister(new Signer(federation.coordinator), federation.register));
    expect(headers['content-disposition']).toBe('attachment; filename="register.json"');
  });

  it.each([
    [{ change: 'suspend', region: 'noord' }, 'suspended', 'npm run region -- suspend noord'],
    [{ change: 'remove', region: 'noord' }, 'removed', 'npm run region -- remove noord'],
  ])('says what to sign for %j, and changes nothing', async (change, state, command) => {
    const { status, body } = await check(change);
    expect(status).toBe(200);
    expect(body as ChangeView).toMatchObject({ version: 2, region: { id: 'noord', state }, command });
    expect((await view()).regions.map((region) => region.state)).toEqual(['admitted', 'admitted']);
  });

  it('says what to sign for a region that applies, with the quota that it is to have', async () => {
    const applied = application();
    const { body } = await check({ change: 'admit', application: applied, dailyQuota: 300 });
    expect(body).toEqual({
      version: 2,
      region: { ...applied, state: 'admitted', dailyQuota: 300 },
      command: 'npm run region -- add application.json --quota 300',
    });
    expect((await check({ change: 'admit', application: applied })).body).toMatchObject({
      region: { dailyQuota: 5000 },
      command: 'npm run region -- add application.json --quota 5000',
    });
  });

  it.each([
    [{ change: 'readmit', region: 'noord' }, ['region unchanged']],
    [{ change: 'suspend', region: 'nergens' }, ['region absent']],
    [{ change: 'suspend' }, ['region isString']],
    [{ change: 'promote', region: 'noord' }, ['change isIn']],
    [{ change: 'admit' }, ['application isObject']],
    [{ change: 'admit', application: { id: 'X' } }, ['id malformed', 'name malformed']],
    [{ change: 'admit', application: application(), dailyQuota: -1 }, ['dailyQuota min']],
    [{ change: 'admit', application: { ...application(), id: 'noord' } }, ['id taken']],
  ])('names what stands in the way of %j', async (change, findings) => {
    const { status, body } = await check(change);
    const { code, invalidParams } = body as { code: string; invalidParams: { name: string; code: string }[] };
    expect([status, code]).toEqual([400, 'invalid-input']);
    expect(invalidParams.map((each) => `${each.name} ${each.code}`)).toEqual(
      expect.arrayContaining(findings),
    );
  });

  it('takes what the coordinator signed, at once and again, and says that the hub does not follow yet', async () => {
    const suspended = { ...next(), regions: withState(federation.register, 'zuid', 'suspended').regions };
    for (const _time of ['first', 'again']) {
      const { status, body } = await bring(suspended);
      expect([status, (body as MembershipView).version]).toEqual([200, 2]);
    }
    expect(await view()).toMatchObject({ version: 2, hubFollows: false });
    await until(async () => (await view()).relayFollows);
    // what the hub's operator does with `apply`
    await federation.setState('zuid', 'suspended');
    await until(async () => (await view()).hubFollows);
    expect(relay.lines('register-accepted')).toHaveLength(2);
  });

  it.each([
    ['somebody else signed', 'not-signed', () => next(), generateKeys('ed25519')],
    ['has the number of the one in force', 'older', () => next({ version: 2, epoch: 7 }), undefined],
    ['is older', 'older', () => next({ version: 1 }), undefined],
    ['is malformed', 'malformed', () => next({ threshold: 1 }), undefined],
    [
      'names another relay',
      'other-relay',
      () =>
        next({
          relay: { ...federation.register.relay, signingKey: generateKeys('ed25519').publicKey },
        }),
      undefined,
    ],
  ] as const)('refuses a register that %s', async (_what, reason, make, keys) => {
    const { status, body } = await bring(make(), keys);
    expect([status, body]).toEqual([422, expect.objectContaining({ code: 'register-refused', reason })]);
    expect((await view()).version).toBe(2);
  });

  it('says so when the register cannot be kept', async () => {
    const before = federation.registerFile;
    const kept = next();
    mkdirSync(`${before}.unfinished`);
    try {
      const { status, body } = await bring(kept);
      expect([status, (body as { code: string }).code]).toEqual([503, 'unavailable']);
    } finally {
      rmSync(`${before}.unfinished`, { recursive: true });
    }
    expect((await view()).version).toBe(2);
    expect((await bring(kept)).status).toBe(200);
  });
});
