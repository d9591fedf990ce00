import { Injectable } from '@nestjs/common';
import type { KeyPairText } from '#libs/protocol';
import { RegionalNodeConfig } from '../config.js';

/** The region's own key pairs: made in the region, with only the public halves in the region register. */
@Injectable()
export class RegionKeys {
  /** Ed25519: signs messages and evaluation requests. */
  readonly signing: KeyPairText;
  /** X25519: cards are sealed to it, and authenticated by it. */
  readonly card: KeyPairText;

  constructor(config: RegionalNodeConfig) {
    this.signing = { privateKey: config.signingKey, publicKey: config.signingPublicKey };
    this.card = { privateKey: config.cardKey, publicKey: config.cardPublicKey };
  }
}
