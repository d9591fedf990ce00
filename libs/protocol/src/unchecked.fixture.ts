import { sealPadded } from './hpke.js';
import type { KeyPairText } from './keys.js';
import type { CardBinding } from './card.js';
import type { SealedCard, SealedLetter } from './messages.js';

/*
 * Seals what no program of ours would send, as somebody with the right keys and a program of their own can, and as an older or newer
 * release does.
 */

/** A sealed card with any content. */
export async function sealAnyCard(
  content: unknown,
  { matchId, from, to, epoch, version }: CardBinding,
  own: KeyPairText,
  other: string,
  key: Uint8Array,
): Promise<Pick<SealedCard, 'matchId' | 'version' | 'enc' | 'ciphertext'>> {
  const info = ['vir1/card', matchId, from, to, epoch, version.incarnation, version.n];
  const psk = { id: `vir1/card/${epoch}`, key };
  return {
    matchId,
    version,
    ...(await sealPadded(JSON.stringify(content), 40_960, { own, other, info, psk }))!,
  };
}

/** A sealed letter with any content. */
export async function sealAnyLetter(
  content: unknown,
  { from, to }: { from: string; to: string },
  own: KeyPairText,
  other: string,
): Promise<SealedLetter> {
  return (await sealPadded(JSON.stringify(content), 16_384, {
    own,
    other,
    info: ['vir1/letter', from, to],
  }))!;
}

/** A sealed answer of an archive with any content. */
export async function sealAnyArchiveAnswer(
  content: unknown,
  { question, from, to, epoch }: { question: string; from: string; to: string; epoch: number },
  own: KeyPairText,
  other: string,
  key: Uint8Array,
): Promise<{ question: string; enc: string; ciphertext: string }> {
  const info = ['vir1/archive', question, from, to, epoch];
  const psk = { id: `vir1/archive/${epoch}`, key };
  return { question, ...(await sealPadded(JSON.stringify(content), 8_192, { own, other, info, psk }))! };
}
