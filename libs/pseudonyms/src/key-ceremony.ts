import { createHash } from 'node:crypto';
import { ristretto255_FROST as frost } from '@noble/curves/ed25519.js';
import type { DKG_Round1, DKG_Secret, Identifier } from '@noble/curves/abstract/frost.js';

const { DKG, Identifier: identifiers } = frost;
const { Fn } = frost.utils;

/** Who takes part: this holder's index (1..n), the number of holders n, and how many must answer later (2 ≤ t ≤ n). */
export interface CeremonySeat {
  index: number;
  holders: number;
  threshold: number;
}

/** What a holder tells all others in round 1: commitments to its polynomial (t × 32 B) and a proof that it knows it (64 B), base64url. */
export interface CeremonyPackage {
  index: number;
  commitment: string[];
  proof: string;
}

/** What a holder tells one other in round 2, over an encrypted channel: a scalar (32 B, base64url). */
export interface CeremonyShare {
  from: number;
  to: number;
  share: string;
}

/** What a holder must keep between rounds 1 and 2: plain JSON, secret, to be sealed at rest and destroyed after round 3. */
export interface CeremonyStateAfterRound1 {
  seat: CeremonySeat;
  coefficients: string[];
  own: CeremonyPackage;
}

/** What a holder must keep between rounds 2 and 3: the above, and the packages it accepted. */
export interface CeremonyStateAfterRound2 extends CeremonyStateAfterRound1 {
  packages: CeremonyPackage[];
}

/** The outcome for one holder: its secret `share` (scalar) and the same public values as every other honest holder has (32 B each). */
export interface KeyShare {
  index: number;
  threshold: number;
  share: Uint8Array;
  publicShare: Uint8Array;
  groupKey: Uint8Array;
  publicShares: Uint8Array[];
  transcriptHash: Uint8Array;
}

/** A holder sent something that cannot come from following the protocol; the ceremony is off, and `holder` is to be named. */
export class CeremonyFault extends Error {
  constructor(
    readonly holder: number,
    readonly kind: 'bad-package' | 'bad-share',
  ) {
    super(`key holder ${holder} sent a ${kind.replace('-', ' ')}`);
    this.name = 'CeremonyFault';
  }
}

/**
 * Distributed key generation without a dealer: FROST's DKG (PedPoP; after RFC 9591 appendix C), whose participant i
 * sits at the scalar i, so that its shares interpolate in {@link OprfSuite.combine} as they are.
 *
 * **How does it go?** Round 1: every holder broadcasts a package. Round 2: it checks the packages of all others and
 * sends each a share. Round 3: it checks the shares received and adds them up. The whole key exists nowhere.
 *
 * **What if a process dies?** Every round is a pure function of a state that is plain JSON and of what was received.
 * A holder that stores the state *before* it sends may be killed at any moment, and repeats the round with the same
 * result. Round 1 alone draws random numbers: repeating it is a new ceremony.
 *
 * **What if somebody cheats?** A false proof or share names its sender ({@link CeremonyFault}). Different packages to
 * different holders show as different transcript hashes: holders compare those before any of them uses its key.
 * The channels for shares must be encrypted and authenticated; this code is not told of channels.
 */
export const KeyCeremony = { round1, round2, round3, transcriptHash };

function round1(seat: CeremonySeat): { state: CeremonyStateAfterRound1; broadcast: CeremonyPackage } {
  assertSeat(seat);
  const drawn = DKG.round1(identifier(seat.index), signers(seat));
  const broadcast = {
    index: seat.index,
    commitment: drawn.public.commitment.map(encode),
    proof: encode(drawn.public.proofOfKnowledge),
  };
  const coefficients = drawn.secret.coefficients!.map((coefficient) => encode(Fn.toBytes(coefficient)));
  return { state: { seat, coefficients, own: broadcast }, broadcast };
}

/** `packages` are those of all n holders, in any order; the own one is among them, as the others received it. */
function round2(
  { seat, coefficients, own }: CeremonyStateAfterRound1,
  packages: CeremonyPackage[],
): { state: CeremonyStateAfterRound2; shares: CeremonyShare[]; transcriptHash: Uint8Array } {
  const sorted = inOrder(seat, own, packages);
  for (const candidate of sorted) {
    if (candidate.index !== seat.index && !isHonest(candidate, seat)) {
      throw new CeremonyFault(candidate.index, 'bad-package');
    }
  }
  const state = { seat, coefficients, own, packages: sorted };
  const sent = DKG.round2(restored(state), others(state).map(decoded));
  const shares = others(state).map(({ index }) => ({
    from: seat.index,
    to: index,
    share: encode(sent[identifier(index)]!.signingShare),
  }));
  return { state, shares, transcriptHash: transcriptHash(sorted) };
}

/** `shares` are those that the n − 1 other holders sent to this one, in any order. */
function round3(state: CeremonyStateAfterRound2, shares: CeremonyShare[]): KeyShare {
  const { seat, packages } = state;
  const mine = identifier(seat.index);
  const received = others(state).map((sender) => {
    const from = shares.filter((share) => share.from === sender.index && share.to === seat.index);
    if (from.length !== 1)
      throw new Error(`expected one share of key holder ${sender.index}, got ${from.length}`);
    const signingShare = decode(from[0]!.share);
    try {
      frost.validateSecret(
        { identifier: mine, signingShare },
        { signers: signers(seat), commitments: sender.commitment.map(decode), verifyingShares: {} },
      );
    } catch {
      throw new CeremonyFault(sender.index, 'bad-share');
    }
    return { identifier: identifier(sender.index), signingShare };
  });
  const secret = restored(state);
  const authenticated = others(state).map(decoded);
  DKG.round2(secret, authenticated);
  const key = DKG.round3(secret, authenticated, received);
  const publicShares = packages.map(({ index }) => key.public.verifyingShares[identifier(index)]!);
  return {
    index: seat.index,
    threshold: seat.threshold,
    share: key.secret.signingShare,
    publicShare: publicShares[seat.index - 1]!,
    groupKey: key.public.commitments[0]!,
    publicShares,
    transcriptHash: transcriptHash(packages),
  };
}

/** SHA-256 over index (1 B), commitments and proof of every package in index order: equal for all holders, or somebody cheated. */
function transcriptHash(packages: CeremonyPackage[]): Uint8Array {
  const hash = createHash('sha256');
  for (const { index, commitment, proof } of [...packages].sort((a, b) => a.index - b.index)) {
    hash.update(Uint8Array.of(index));
    for (const element of commitment) hash.update(decode(element));
    hash.update(decode(proof));
  }
  return hash.digest();
}

/** The packages by index, once each of 1..n is there exactly once and the own one came back unchanged. */
function inOrder(seat: CeremonySeat, own: CeremonyPackage, packages: CeremonyPackage[]): CeremonyPackage[] {
  const sorted = Array.from({ length: seat.holders }, (_, i) => {
    const of = packages.filter(({ index }) => index === i + 1);
    if (of.length !== 1) throw new Error(`expected one package of key holder ${i + 1}, got ${of.length}`);
    return of[0]!;
  });
  if (packages.length !== seat.holders)
    throw new Error('a package names a key holder that does not take part');
  const mine = sorted[seat.index - 1]!;
  if (!Buffer.from(transcriptHash([mine])).equals(transcriptHash([own]))) {
    throw new Error('the own package came back changed');
  }
  return sorted;
}

/**
 * Judges one package alone. The library checks packages only all together and does not say whose is wrong, so the
 * places of all others are taken by packages made here, which are right.
 */
function isHonest(candidate: CeremonyPackage, seat: CeremonySeat): boolean {
  const judge = DKG.round1(identifier(seat.index), signers(seat));
  const standIns = Array.from({ length: seat.holders }, (_, i) => i + 1)
    .filter((index) => index !== seat.index && index !== candidate.index)
    .map((index) => DKG.round1(identifier(index), signers(seat)).public);
  try {
    DKG.round2(judge.secret, [decoded(candidate), ...standIns]);
    return true;
  } catch {
    return false;
  }
}

function others({ seat, packages }: CeremonyStateAfterRound2): CeremonyPackage[] {
  return packages.filter(({ index }) => index !== seat.index);
}

/** The library's own state as it was after round 1. */
function restored({ seat, coefficients, own }: CeremonyStateAfterRound1): DKG_Secret {
  return {
    identifier: BigInt(seat.index),
    coefficients: coefficients.map((coefficient) => Fn.fromBytes(decode(coefficient))),
    commitment: own.commitment.map(decode),
    signers: signers(seat),
    step: 1,
  };
}

function decoded({ index, commitment, proof }: CeremonyPackage): DKG_Round1 {
  return {
    identifier: identifier(index),
    commitment: commitment.map(decode),
    proofOfKnowledge: decode(proof),
  };
}

function signers({ threshold, holders }: CeremonySeat): { min: number; max: number } {
  return { min: threshold, max: holders };
}

function identifier(index: number): Identifier {
  return identifiers.fromNumber(index);
}

function assertSeat({ index, holders, threshold }: CeremonySeat): void {
  const whole = [index, holders, threshold].every(Number.isSafeInteger);
  if (!whole || index < 1 || index > holders || threshold < 2 || threshold > holders || holders > 255) {
    throw new RangeError('a ceremony needs 2 ≤ threshold ≤ holders ≤ 255 and an index from 1 to holders');
  }
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
