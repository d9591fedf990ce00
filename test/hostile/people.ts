import { SystemClock } from '#libs/clock';
import { headers } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import {
  EvaluationRefusal,
  EvaluationReply,
  openManifest,
  parse,
  SIGNATURE_HEADER,
  SignedManifest,
  subjects,
  type Signer,
} from '#libs/protocol';
import { personInput, SodiumOprf, ThresholdEvaluation, type PersonSecret } from '#libs/pseudonyms';
import { until } from '../../apps/national-relay/test/until.js';
import { inShort } from '../federation/http/visitor.js';
import type { KnownYouth } from '../federation/youths.js';
import { ATTACKER, VICTIMS } from './names.js';
import type { World } from './world.js';

export type Evaluated = EvaluationReply | EvaluationRefusal;

/** A request as it goes over the wire. */
export function signedRequest(request: object | Uint8Array, signer: Signer) {
  const payload = request instanceof Uint8Array ? request : Buffer.from(JSON.stringify(request));
  const head = headers();
  head.set(SIGNATURE_HEADER, signer.sign('evaluation', payload));
  return { payload, headers: head };
}

/** Asks a key holder, as the attacker, with any content and any signature. */
export async function ask(
  world: World,
  holder: string,
  request: object | Uint8Array,
  signer: Signer = world.signerOf(ATTACKER),
): Promise<Evaluated> {
  const { payload, headers } = signedRequest(request, signer);
  const { connection } = await world.client(ATTACKER);
  const reply = await connection.request(subjects.evaluate(holder, ATTACKER), payload, {
    headers,
    timeout: 20_000,
  });
  const text = reply.data;
  try {
    return parse(EvaluationReply, text);
  } catch {
    return parse(EvaluationRefusal, text);
  }
}

/** Somebody who files in each of the other regions. */
export const FILERS: Record<string, string> = {
  'midden-nederland': 'mn-leerkracht',
  rijnmond: 'rm-wijkteam',
};

/** Has somebody of a region file a signal. */
export async function file(world: World, region: string, youth: KnownYouth): Promise<void> {
  const filer = world.stage.visitor(FILERS[region]!);
  const answer = await filer.post('signals', { youth, informed: 'yes' });
  if (answer.status !== 201) throw new Error(`${region}: ${inShort(answer)}`);
}

/** The other regions are served: somebody files in each on the same youth, and they learn of one another. @returns a match of theirs */
export async function othersFindOneAnother(world: World): Promise<string> {
  const youth = world.nextYouth();
  const [one, other] = VICTIMS;
  const known = async () =>
    (
      await world.rows<{ match_id: string }>(
        one,
        `select match_id from federated_match where peer_region = $1 and in_card is not null and out_outcome = 'opened'`,
        [other],
      )
    ).map(({ match_id: id }) => id);
  const before = await known();
  await Promise.all(VICTIMS.map((region) => file(world, region, youth)));
  return until(async () => (await known()).find((id) => !before.includes(id)));
}

/** A request as it should be. */
export const evaluationOf = (holder: string, elements: Uint8Array[]) => ({
  ...{ v: 1, region: ATTACKER, keyHolder: holder, epoch: 1, requestId: randomUUID() },
  issuedAt: new Date().toISOString(),
  elements: elements.map((element) => Buffer.from(element).toString('base64url')),
});

/** Blinded elements, of numbers that nobody has. */
export const elementsOf = (suite: SodiumOprf, count: number): Uint8Array[] =>
  Array.from(
    { length: count },
    (_, n) => suite.blind(personInput('youth', 'bsn', `99999${String(n).padStart(4, '0')}`)).element,
  );

/** Lets the attacker find out what any region may: the secret of a youth whose number it knows. */
export async function secretOf(world: World, bsn: string): Promise<PersonSecret> {
  const register = world.registerInForce();
  const { connection } = await world.client(ATTACKER);
  const [first] = register.keyHolders;
  const answer = await connection.request(subjects.manifest(first!.id), '', { timeout: 20_000 });
  const manifest = openManifest(register, parse(SignedManifest, answer.data));
  const shares = [...manifest.publicShares].sort((a, b) => a.index - b.index);
  const evaluation = new ThresholdEvaluation(
    await SodiumOprf.load(),
    {
      threshold: manifest.threshold,
      publicShares: shares.map(({ publicShare }) => Buffer.from(publicShare, 'base64url')),
    },
    async (index, elements) => {
      const reply = await ask(
        world,
        shares[index - 1]!.keyHolder,
        evaluationOf(shares[index - 1]!.keyHolder, elements),
      );
      if ('refused' in reply) throw new Error(reply.refused);
      return {
        evaluated: reply.evaluated.map((element) => Buffer.from(element, 'base64url')),
        proof: Buffer.from(reply.proof, 'base64url'),
      };
    },
    new SystemClock(),
    { patience: 20_000 },
  );
  return (await evaluation.evaluate([personInput('youth', 'bsn', bsn)]))[0]!;
}
