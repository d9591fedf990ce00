import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect, headers } from '@nats-io/transport-node';
import {
  generateKeys,
  inboxPrefix,
  RELAY,
  seal,
  SIGNATURE_HEADER,
  Signer,
  signRegister,
  subjects,
  type RegionRegister,
  type SignedBytes,
} from '#libs/protocol';
import { hubLogin } from '#libs/messaging';
import { SodiumOprf } from '#libs/pseudonyms';
import { newHandle, newTag, type TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import {
  CertificateAuthority,
  demoSubject,
  hubSettings,
  writeIdentity,
  type Identity,
} from '../../deploy/local/certificates.js';
import { authorityFile, registerFile } from '../../deploy/local/plan.js';
import { Client } from './client.js';
import { ATTACKER, register, RELAY_ITSELF, VICTIMS } from './names.js';
import { elementsOf, evaluationOf, file, othersFindOneAnother, secretOf, signedRequest } from './people.js';
import type { World } from './world.js';

const [VICTIM] = VICTIMS;
const HOLDER = register.keyHolders[0]!.id;
/** The hub hangs up at once; the client may see that before the reason. */
const NOT_LET_IN = /Authorization Violation|alert|EPIPE|ECONNRESET|socket hang up|closed/i;

/** Who gets into the hub, and as whom. */
export function identities(world: () => World): void {
  let folder: string;
  let authority: CertificateAuthority;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'hostile-identities-'));
    authority = await CertificateAuthority.open(
      JSON.parse(readFileSync(authorityFile(world().federation.planFolder), 'utf8')) as Identity,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const knock = async (party: string, identity: Identity): Promise<Client> => {
    const files = writeIdentity(folder, 'knocking', identity, authority.certificatePem);
    const { url } = world().federation.nats;
    return Client.connect({
      ...hubLogin(hubSettings(url, files), party),
      reconnect: false,
      timeout: 20_000,
    });
  };

  it.each([
    [
      'another authority certified as the victim',
      async () => (await CertificateAuthority.create()).issue({ subject: demoSubject(VICTIM) }),
    ],
    ['the register does not know', () => authority.issue({ subject: demoSubject('vreemd') })],
    [
      'has the victim’s certificate without its key',
      async () => ({
        certificate: world().secretsOf(VICTIM).identity.certificate,
        privateKey: (await authority.issue({ subject: demoSubject(VICTIM) })).privateKey,
      }),
    ],
    [
      'has a certificate of the victim that is over',
      () => authority.issue({ subject: demoSubject(VICTIM), notAfter: new Date(Date.now() - 60_000) }),
    ],
  ] as [string, () => Promise<Identity>][])('does not let in whom %s', async (_what, identity) => {
    await expect(knock(VICTIM, await identity())).rejects.toThrow(/./);
  });
  it('does not let in who has no certificate', async () => {
    const { tls, ...login } = world().login(VICTIM);
    const { caFile } = tls as { caFile: string };
    await expect(connect({ ...login, tls: { handshakeFirst: true, caFile } })).rejects.toThrow(NOT_LET_IN);
  });
  it('lets in whom the register knows: so it was the certificates', async () => {
    const client = await knock(VICTIM, await authority.issue({ subject: demoSubject(VICTIM) }));
    await client.connection.flush();
    await client.connection.close();
  });
  it('knows who says that it is another for who it is', async () => {
    const login = { ...world().login(VICTIM, ATTACKER), user: demoSubject(VICTIM), pass: '' };
    const client = await Client.connect(login);
    const [up, inbox] = [subjects.up(VICTIM, 'tag.put'), `${inboxPrefix(VICTIM)}.1`];
    expect(await client.refusedToPublish([up], 'kwaad', [up])).toEqual([up]);
    expect(await client.refusedToHear([inbox], () => undefined, [inbox])).toEqual([inbox]);
    expect(await client.refusedToPublish([subjects.up(ATTACKER, 'vreemd')], 'eigen')).toEqual([]);
    world().willBeCounted(ATTACKER, 'unsigned');
    await client.connection.close();
  });
}

/** Who takes part, and who says so. */
export function membership(world: () => World): void {
  const tagCount = (handle: string) =>
    world().count('relay', 'tag where handle = $1', [Buffer.from(handle, 'base64url')]);

  describe('another region’s certificate', () => {
    it('does not make its signature', async () => {
      const { connection } = await world().client(VICTIM);
      const { in_incarnation: incarnation, in_applied: applied } = await world().link('relay', VICTIM);
      const handle = newHandle();
      const { payload, signature } = seal(world().signerOf(ATTACKER), {
        ...{ type: 'tag.put', from: VICTIM, to: RELAY, incarnation: Number(incarnation) },
        ...{ seq: Number(applied) + 1, sentAt: new Date().toISOString() },
        body: { epoch: 1, handle, tag: newTag() },
      });
      const head = headers();
      head.set(SIGNATURE_HEADER, signature);
      connection.publish(subjects.up(VICTIM, 'tag.put'), payload, { headers: head });
      world().willBeCounted(VICTIM, 'wrong-signature');
      await until(async () => (await world().rejectedOf(VICTIM))['wrong-signature'] === 1);
      expect(await tagCount(handle)).toBe(0);
      expect(await world().alarms()).toContain(`messages-rejected ${VICTIM}`);

      const [element] = elementsOf(await SodiumOprf.load(), 1);
      const request = signedRequest(
        { ...evaluationOf(HOLDER, [element!]), region: VICTIM },
        world().signerOf(ATTACKER),
      );
      const reply = await connection.request(subjects.evaluate(HOLDER, VICTIM), request.payload, {
        headers: request.headers,
        timeout: 20_000,
      });
      expect(reply.json()).toEqual({ v: 1, refused: 'wrong-signature' });
    });
  });

  describe('a suspended region', () => {
    const setState = (state: 'admitted' | 'suspended') =>
      world().federation.changeRegister(({ regions }) => ({
        regions: regions.map((region) => (region.id === ATTACKER ? { ...region, state } : region)),
      }));
    const seenState = async () =>
      (await world().coordinator.read<{ state: string }>(`regions/${ATTACKER}`)).state;
    const matchesWithAttacker = () =>
      world().count(VICTIM, 'federated_match where peer_region = $1', [ATTACKER]);
    const handle = newHandle();
    let attacker: TestRegion;
    let matches: number;
    let message: SignedBytes;

    it('is disconnected, and not let in', async () => {
      const youth = world().nextYouth();
      const secret = await secretOf(world(), youth.bsn);
      attacker = await world().attackingRegion();
      await attacker.put(secret.tag(1).revealBase64Url());
      await attacker.settled();
      await file(world(), VICTIM, youth);
      matches = await until(async () => (await matchesWithAttacker()) || undefined);
      await attacker.close();
      const connected = await world().anotherClient(ATTACKER);
      await setState('suspended');
      await connected.connection.closed();
      await expect(world().anotherClient(ATTACKER)).rejects.toThrow(NOT_LET_IN);
      await until(async () => (await seenState()) === 'suspended');
    });
    /** Has the hub itself bring what the attacker says, as if it had been under way. */
    const bring = async (): Promise<void> => {
      const head = headers();
      head.set(SIGNATURE_HEADER, message.signature);
      const { connection } = await world().client(RELAY_ITSELF);
      const subject = subjects.up(ATTACKER, 'tag.put');
      await connection.request(subject, message.payload, { headers: head, timeout: 20_000 });
    };
    it('is not listened to, even when the hub itself brings what it says', async () => {
      message = attacker.sealed('tag.put', { epoch: 1, handle, tag: newTag() });
      await bring();
      // the relay knows no key of a region that is suspended
      world().willBeCounted(ATTACKER, 'wrong-signature');
      await until(async () => (await world().rejectedOf(ATTACKER))['wrong-signature'] === 1);
      await othersFindOneAnother(world());
      expect(await tagCount(handle)).toBe(0);
      expect(await matchesWithAttacker()).toBe(matches);
    });
    it('is listened to again when it is readmitted: so it was the register', async () => {
      await setState('admitted');
      await until(async () => (await seenState()) === 'admitted');
      await bring();
      await until(async () => (await tagCount(handle)) === 1);
      const client = await world().anotherClient(ATTACKER);
      await client.connection.close();
    });
  });

  describe('a register in the relay’s place for it', () => {
    let place: string;
    let inForce: string;
    let olderOne: string;
    beforeAll(async () => {
      place = registerFile(world().federation.planFolder);
      olderOne = readFileSync(place, 'utf8');
      await world().federation.changeRegister(() => ({}));
      inForce = readFileSync(place, 'utf8');
      await until(async () => (await followed()) === world().registerInForce().version);
    });
    afterAll(() => {
      if (inForce) writeFileSync(place, inForce);
    });
    const followed = async () => {
      const text = await (await fetch(`${world().federation.relay.url}/metrics`)).text();
      return Number(/^relay_register_version (\d+)$/m.exec(text)?.[1]);
    };
    /** The register in force without the victim, of a next version. */
    const without = (): RegionRegister => {
      const { regions, version, ...rest } = world().registerInForce();
      return { ...rest, version: version + 1, regions: regions.filter(({ id }) => id !== VICTIM) };
    };
    const stranger = new Signer(generateKeys('ed25519'));

    it.each([
      ['signed by another key', () => JSON.stringify(signRegister(stranger, without()))],
      ['that is older', () => olderOne],
      [
        'changed after it was signed',
        () => {
          const document = JSON.stringify(without());
          return JSON.stringify({ ...(JSON.parse(inForce) as object), document });
        },
      ],
    ])('%s changes nothing, and alarms', async (_what, text) => {
      const [version, lines] = [await followed(), world().loggedSoFar];
      writeFileSync(place, text());
      await until(() => world().logged('relay', 'register-refused', lines).length > 0);
      await until(async () => (await world().alarms()).includes('register-refused relay'));
      expect(await followed()).toBe(version);
      writeFileSync(place, inForce);
      await until(async () => !(await world().alarms()).includes('register-refused relay'));
    });
  });

  describe('a key manifest of one key holder alone', () => {
    const stored = async () =>
      (await world().rows<{ document: string }>(VICTIM, 'select * from stored_manifest'))[0]!;
    it('is not believed; that of the others is', async () => {
      const holderPart = world().federation.keyHolders.find(({ id }) => id === HOLDER)!.part;
      const before = await stored();
      const forged = JSON.stringify({
        ...(JSON.parse(before.document) as object),
        publicShares: register.keyHolders.map(({ id, index }) => ({
          ...{ keyHolder: id, index },
          publicShare: newTag(),
        })),
      });
      const signer = new Signer(world().federation.plan.keyHolders.find(({ id }) => id === HOLDER)!.signing);
      const signature = signer.sign('manifest', Buffer.from(forged));
      const signatures = register.keyHolders.map(({ id }) => ({ keyHolder: id, signature }));
      await world().federation.stopPart(holderPart);
      await world().federation.stopPart(VICTIM);
      let asked = 0;
      const listening = (await world().client(HOLDER)).listen(subjects.manifest(HOLDER), (message) => {
        asked++;
        message.respond(JSON.stringify({ document: forged, signatures }));
      });
      await world().rows(VICTIM, 'delete from stored_manifest');
      await world().federation.startPart(VICTIM);
      await until(async () => (await world().count(VICTIM, 'stored_manifest')) === 1);
      listening.unsubscribe();
      // it asks them in the order of the register
      expect(asked).toBeGreaterThan(0);
      expect(await stored()).toEqual(before);
      await world().federation.startPart(holderPart);
      await othersFindOneAnother(world());
    });
  });
}
