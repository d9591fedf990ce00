import { ristretto255_FROST as frost, ristretto255_oprf } from '@noble/curves/ed25519.js';

const { oprf, voprf } = ristretto255_oprf;

/** The output (64 B) of the single-key protocol of RFC 9497 for a whole key, which exists in tests only. */
export function evaluateWhole(key: Uint8Array, input: Uint8Array): Uint8Array {
  const { blind, blinded } = voprf.blind(input);
  return oprf.finalize(input, blind, oprf.blindEvaluate(key, blinded));
}

/** The whole key (scalar, 32 B) behind the shares of holders 1..n, in index order. */
export function wholeKey(shares: Uint8Array[], threshold: number): Uint8Array {
  return frost.combineSecret(
    shares.map((share, i) => ({
      identifier: frost.Identifier.fromNumber(i + 1),
      signingShare: new Uint8Array(share),
    })),
    { min: threshold, max: shares.length },
  );
}

/** A key split by a dealer who knows it, which only a test may do. */
export function dealtKey(threshold: number, holders: number) {
  const dealt = frost.trustedDealer({ min: threshold, max: holders });
  const identifiers = Array.from({ length: holders }, (_, i) => frost.Identifier.fromNumber(i + 1));
  const shares = identifiers.map((id) => dealt.secretShares[id]!.signingShare);
  return {
    whole: wholeKey(shares, threshold),
    shares,
    publicShares: identifiers.map((id) => dealt.public.verifyingShares[id]!),
  };
}
