import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { SealingKey } from '#libs/sealing';
import type { Concern } from './competence.js';
import { previewHolds } from './rules/preview-holds.rule.js';

/** What an erasure is of, and by whom. */
export interface ErasureOf {
  /** `erase` or `destroy`. */
  door: string;
  /** Id of the designation of the process manager. */
  by: string;
  youthIndex: Buffer;
}

/**
 * Makes the sign that somebody saw what an erasure takes, and checks it. It is sealed for this person, youth and door, and holds the time and
 * a digest of what was shown: nothing is stored, and what changed since does not match.
 */
@Injectable()
export class ErasurePreviews {
  constructor(
    private readonly sealingKey: SealingKey,
    private readonly clock: Clock,
  ) {}

  of(erasure: ErasureOf, going: readonly Concern[]): string {
    const shown = JSON.stringify({ at: this.clock.now().toISOString(), digest: digestOf(going) });
    return this.sealingKey.seal(purposeOf(erasure), Buffer.from(shown)).toString('base64url');
  }

  /** The digest of what was shown; undefined for a preview of somebody or something else, or of too long ago. */
  shown(erasure: ErasureOf, preview: string): string | undefined {
    let opened: { at: string; digest: string };
    try {
      const text = this.sealingKey.open(purposeOf(erasure), Buffer.from(preview, 'base64url')).toString();
      opened = JSON.parse(text) as typeof opened;
    } catch {
      return undefined;
    }
    return previewHolds(new Date(opened.at), this.clock.now()) ? opened.digest : undefined;
  }
}

const purposeOf = ({ door, by, youthIndex }: ErasureOf): string =>
  `erasure-preview/${door}/${by}/${youthIndex.toString('base64url')}`;

/** Equal for the same signals, whatever their order; one that was archived since is another. */
export const digestOf = (going: readonly Concern[]): string =>
  createHash('sha256')
    .update(JSON.stringify(going.map(({ id, archived }) => `${id}/${archived}`).sort()))
    .digest('base64url');
