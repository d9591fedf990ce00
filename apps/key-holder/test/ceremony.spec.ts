import { headers, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { SIGNATURE_HEADER, type Signer, subjects } from '#libs/protocol';
import {
  personInput,
  SodiumOprf,
  type CeremonyStateAfterRound1,
  type CeremonyStateAfterRound2,
} from '#libs/pseudonyms';
import { KeyRing } from '../src/ceremony/index.js';
import type { EpochKey } from '../src/ceremony/epoch-key.entity.js';
import type { SealedShare } from '../src/ceremony/messages.js';
import { sealShare } from '../src/ceremony/share-envelope.js';
import { KeyHolderConfig } from '../src/config.js';
import { SealingKey } from '#libs/sealing';
import { Registers } from '../src/register/index.js';
import { Federation, HOLDERS, until, type HolderId, type RunningHolder } from './federation.js';

describe('the key ceremony of three holders', () => {
  let federation: Federation;
  let region: NatsConnection;

  beforeAll(async () => {
    federation = await Federation.start();
    region = await federation.connectAs('noord');
  });
  afterAll(() => federation?.stop());
  beforeEach(() => federation.renewDatabases());
  afterEach(() => federation.closeHolders());

  it('gives all of them the same manifest, and any two of them the same secret for a person', async () => {
    await federation.startHolders();
    const [manifest, ...rest] = await federation.manifests(region);
    expect(rest).toEqual([manifest, manifest]);
    expect(manifest!.publicShares.map(({ keyHolder }) => keyHolder)).toEqual(HOLDERS);

    const suite = await SodiumOprf.load();
    const inputs = ['999990019', '999990020'].map((number) => personInput('youth', 'bsn', number));
    const pairs: HolderId[][] = [
      ['holder-1', 'holder-2'],
      ['holder-1', 'holder-3'],
      ['holder-2', 'holder-3'],
    ];
    const outcomes: string[][] = [];
    for (const pair of pairs) {
      const asked = federation.thresholdEvaluation(region, suite, manifest!, pair);
      const secrets = await asked.evaluate(inputs);
      outcomes.push(secrets.map((secret) => Buffer.from(secret.revealBytes()).toString('hex')));
    }
    expect(new Set(outcomes.map(String)).size).toBe(1);
    expect(new Set(outcomes[0]).size).toBe(2);
  });

  it('does not mind who starts when, and evaluates nothing before all have signed', async () => {
    const third = await federation.startHolder('holder-3');
    await logged(third, 'ceremony-waits', { holder: 'holder-1' });
    expect(await federation.manifestOf(region, 'holder-3')).toBeUndefined();
    const request = federation.request('noord', 'holder-3', [Buffer.alloc(32, 1)]);
    expect(await federation.ask(region, 'noord', 'holder-3', request)).toEqual({ v: 1, refused: 'no-key' });
    await federation.startHolder('holder-1');
    await logged(third, 'ceremony-waits', { holder: 'holder-2' });
    await federation.startHolder('holder-2');
    expect(await federation.manifests(region)).toHaveLength(3);
  });

  it('is held once when two instances of a holder take part', async () => {
    const holders = await federation.startHolders([...HOLDERS, 'holder-1', 'holder-2']);
    const manifests = await federation.manifests(region);
    expect(new Set(manifests.map(({ groupKey }) => groupKey)).size).toBe(1);
    const steps = [holders[0]!, holders[3]!].flatMap(({ lines }) =>
      lines.filter(({ event }) => event === 'ceremony-step').map(({ fields }) => fields.step),
    );
    expect(steps).toEqual(expect.arrayContaining(['round1', 'round2', 'manifest']));
    expect(steps).toHaveLength(3);
  });

  it('leaves no share and no state of the ceremony in the clear in the database', async () => {
    const first = await federation.startHolder('holder-1');
    await logged(first, 'ceremony-waits', { holder: 'holder-2' });
    const ring = first.app.get(KeyRing);
    const state = ring.stateOf<CeremonyStateAfterRound1>((await ring.find(1))!);
    const coefficients = state.coefficients.map((text) => Buffer.from(text, 'base64url'));
    expect(coefficients).toHaveLength(2);
    expect(await traces(federation.databases['holder-1'].url, coefficients)).toEqual([]);

    await federation.startHolders(['holder-2', 'holder-3']);
    await federation.manifests(region);
    const { share, publicShare } = (await ring.usableIn(1))!;
    expect(await traces(federation.databases['holder-1'].url, [share, ...coefficients])).toEqual([]);
    // the search does find what is in the clear
    expect(await traces(federation.databases['holder-1'].url, [publicShare])).not.toEqual([]);
    expect(await ring.find(1)).toMatchObject({ stage: 'ready', stateSealed: null, sharesForOthers: null });
  });

  it('is over once there is a share: neither a request nor a lost database brings another for that epoch', async () => {
    const [first, , third] = await federation.startHolders();
    const [manifest] = await federation.manifests(region);
    const before = await first!.app.get(KeyRing).find(1);

    await third!.close();
    await federation.renewDatabase('holder-3');
    const emptied = await federation.startHolder('holder-3');
    await logged(emptied, 'ceremony-waits', { reason: 'finished' });
    for (const step of ['round1', 'round2'])
      expect(await askPart('holder-3', 'holder-1', 1, step)).toMatchObject({ refused: 'finished' });
    expect(await first!.app.get(KeyRing).find(1)).toEqual(before);
    expect(await federation.manifestOf(region, 'holder-1')).toEqual(manifest);
    expect(await federation.manifestOf(region, 'holder-3')).toBeUndefined();
  });

  it('answers only registered holders that sign, and only for epochs of the register', async () => {
    const first = await federation.startHolder('holder-1');
    await logged(first, 'ceremony-waits', { holder: 'holder-2' });
    expect(await askPart('holder-2', 'holder-1', 1, 'round1')).toMatchObject({ package: { index: 1 } });
    expect(await askPart('holder-2', 'holder-1', 1, 'round2')).toMatchObject({ refused: 'not-yet' });
    expect(await askPart('holder-2', 'holder-1', 7, 'round1')).toMatchObject({ refused: 'not-yet' });
    const stranger = federation.signerOf('noord');
    expect(await askPart('holder-2', 'holder-1', 1, 'round1', stranger)).toBeUndefined();
    expect(await first.app.get(DataSource).query('select epoch from epoch_key')).toEqual([{ epoch: 1 }]);
  });

  it('is held anew for the next epoch', async () => {
    const holders = await federation.startHolders();
    const [before] = await federation.manifests(region);
    federation.publish({ epoch: 2 });
    try {
      await until(async () => {
        await Promise.all(holders.map(({ app }) => app.get(Registers).refresh()));
        return holders.every(({ app }) => app.get(Registers).current?.epoch === 2);
      });
      const [after] = await federation.manifests(region);
      expect(after!.epoch).toBe(2);
      expect(after!.groupKey).not.toBe(before!.groupKey);
    } finally {
      federation.publish({ epoch: 1 });
    }
  });

  describe('stops for good, and names', () => {
    it('a holder whose share does not belong to its package', async () => {
      class WrongShare extends Dishonest {
        override async afterRound2(
          epoch: number,
          state: CeremonyStateAfterRound2,
          shares: Record<string, SealedShare>,
        ): Promise<boolean> {
          const wrong = Buffer.alloc(32, 7);
          wrong[31] = 0;
          const binding = { epoch, from: 'holder-3', to: 'holder-1' };
          const sealed = await sealShare(
            wrong.toString('base64url'),
            binding,
            federation.sealingKeysOf('holder-3'),
            federation.sealingKeysOf('holder-1').publicKey,
          );
          return super.afterRound2(epoch, state, { ...shares, 'holder-1': sealed });
        }
      }
      await expectStop(WrongShare, 'bad-share');
    });
    it('a holder whose share was not sealed for the one that got it', async () => {
      class SwappedShare extends Dishonest {
        override afterRound2(
          epoch: number,
          state: CeremonyStateAfterRound2,
          shares: Record<string, SealedShare>,
        ): Promise<boolean> {
          return super.afterRound2(epoch, state, { ...shares, 'holder-1': shares['holder-2']! });
        }
      }
      await expectStop(SwappedShare, 'bad-share');
    });
    it('a holder that cannot prove possession of what it committed to', async () => {
      class NoProof extends Dishonest {
        override stateOf<State extends CeremonyStateAfterRound1>(key: EpochKey): State {
          const state = super.stateOf<State & CeremonyStateAfterRound2>(key);
          const proof = Buffer.from(state.own.proof, 'base64url');
          proof.fill(0, 32).writeUInt8(1, 32);
          return { ...state, own: { ...state.own, proof: proof.toString('base64url') } };
        }
      }
      await expectStop(NoProof, 'bad-package');
    });
    it('a holder that heard other packages than the rest', async () => {
      class OtherTranscript extends Dishonest {
        override afterRound3(epoch: number, share: never, manifest: string): Promise<boolean> {
          const other = JSON.stringify({
            ...(JSON.parse(manifest) as object),
            transcriptHash: Buffer.alloc(32, 1).toString('base64url'),
          });
          const signature = federation.signerOf('holder-3').sign('manifest', Buffer.from(other, 'utf8'));
          return super.afterRound3(epoch, share, other, signature);
        }
      }
      await expectStop(OtherTranscript, 'other-manifest');
    });
  });

  /** Runs holder-3 with a key ring that cheats: who finds it names it, also after a restart, and nobody gets a key. */
  async function expectStop(cheat: typeof Dishonest, kind: string): Promise<void> {
    const ids: HolderId[] = ['holder-1', 'holder-2'];
    const honest = await federation.startHolders(ids);
    await federation.startHolder('holder-3', (builder) =>
      builder.overrideProvider(KeyRing).useFactory({
        factory: (config: KeyHolderConfig, sealingKey: SealingKey, dataSource: DataSource) =>
          new cheat(config, sealingKey, dataSource),
        inject: [KeyHolderConfig, SealingKey, DataSource],
      }),
    );
    const fault = { epoch: 1, holder: 'holder-3', kind };
    const finder = await until(() => honest.find((holder) => has(holder, 'ceremony-stopped', fault)));
    const other = honest.find((holder) => holder !== finder)!;
    await until(
      () =>
        has(other, 'ceremony-stopped', fault) ||
        has(other, 'ceremony-waits', { epoch: 1, reason: 'stopped' }),
    );
    await finder.close();
    const id = ids[honest.indexOf(finder)]!;
    const again = await federation.startHolder(id);
    await logged(again, 'ceremony-stopped', fault);
    expect(await again.app.get(KeyRing).find(1)).toMatchObject({ shareSealed: null, stateSealed: null });
    for (const holder of HOLDERS) expect(await federation.manifestOf(region, holder)).toBeUndefined();
  }

  /** Speaks as one holder to another, and gives its answer; undefined when there is none. */
  async function askPart(
    from: HolderId,
    to: HolderId,
    epoch: number,
    step: string,
    signer: Signer = federation.signerOf(from),
  ): Promise<object | undefined> {
    const connection = await federation.connectAs(from);
    const payload = Buffer.from(JSON.stringify({ v: 1, from, to, epoch, step }), 'utf8');
    const signed = headers();
    signed.set(SIGNATURE_HEADER, signer.sign('ceremony', payload));
    return connection
      .request(subjects.ceremony(to, from), payload, { timeout: 1_000, headers: signed })
      .then((reply) => reply.json<object>())
      .catch(() => undefined);
  }
});

/** Base of key rings that do not follow the protocol, and do not let themselves be stopped. */
class Dishonest extends KeyRing {
  override async stop(): Promise<void> {}
}

/** Whether a holder has logged an event with these fields among others. */
const has = (holder: RunningHolder, event: string, fields: Record<string, string | number>): boolean =>
  holder.lines.some(
    (line) =>
      line.event === event && Object.entries(fields).every(([name, value]) => line.fields[name] === value),
  );

const logged = (holder: RunningHolder, event: string, fields: Record<string, string | number>) =>
  until(() => has(holder, event, fields));

/** In which tables these bytes stand: raw, in hexadecimal or base64, also inside text that is kept as bytes. */
async function traces(url: string, secrets: Uint8Array[]): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      const content = rows.rows.map(({ row }) => row.toLowerCase()).join('\n');
      if (secrets.some((secret) => formsOf(secret).some((form) => content.includes(form)))) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}

function formsOf(secret: Uint8Array): string[] {
  const texts = (['hex', 'base64', 'base64url'] as const).map((encoding) =>
    Buffer.from(secret).toString(encoding).replace(/=+$/, ''),
  );
  return [...texts, ...texts.map((text) => Buffer.from(text, 'ascii').toString('hex'))].map((text) =>
    text.toLowerCase(),
  );
}
