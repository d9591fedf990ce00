import { KeyManifest, type SignedManifest } from './evaluation.js';
import { isSignedBy } from './keys.js';
import type { RegionRegister } from './register.js';
import { MalformedMessage, parse } from './validation.js';

/** A manifest that does not carry every key holder's signature, or contradicts the register. */
export class UntrustedManifest extends Error {
  override name = 'UntrustedManifest';
}

/** Opens a manifest that every registered key holder signed. @throws UntrustedManifest */
export function openManifest(register: RegionRegister, signed: SignedManifest): KeyManifest {
  const document = Buffer.from(signed.document, 'utf8');
  for (const holder of register.keyHolders) {
    const signature = signed.signatures.find((candidate) => candidate.keyHolder === holder.id)?.signature;
    if (!signature || !isSignedBy(holder.signingKey, 'manifest', document, signature)) {
      throw new UntrustedManifest(`not signed by ${holder.id}`);
    }
  }
  try {
    const manifest = parse(KeyManifest, document);
    if (manifest.threshold !== register.threshold)
      throw new UntrustedManifest('another threshold than the register says');
    const sameHolders =
      manifest.publicShares.length === register.keyHolders.length &&
      register.keyHolders.every((holder) =>
        manifest.publicShares.some((s) => s.keyHolder === holder.id && s.index === holder.index),
      );
    if (!sameHolders) throw new UntrustedManifest('other key holders than the register names');
    return manifest;
  } catch (error) {
    if (error instanceof MalformedMessage) throw new UntrustedManifest(`malformed: ${error.message}`);
    throw error;
  }
}
