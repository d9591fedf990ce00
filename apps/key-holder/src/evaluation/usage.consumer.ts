import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { Signer, subjects, type KeyHolderUsage } from '#libs/protocol';
import { KeyHolderConfig } from '../config.js';
import { Hub, type Reply } from '../hub/index.js';
import { Ledger } from './ledger.js';

/** Tells the relay how many elements each region had evaluated today: all that a region that tries numbers cannot hide. */
@Injectable()
export class UsageConsumer implements OnApplicationBootstrap {
  private readonly signer: Signer;

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly hub: Hub,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {
    this.signer = new Signer({ privateKey: config.signingKey, publicKey: config.signingPublicKey });
  }

  onApplicationBootstrap(): void {
    this.hub.serve(subjects.usage(this.config.keyHolder), () => this.usage());
  }

  private async usage(): Promise<Reply> {
    const now = this.clock.now();
    const usage: KeyHolderUsage = {
      v: 1,
      keyHolder: this.config.keyHolder,
      asOf: now.toISOString(),
      regions: await this.ledger.usageOn(now),
    };
    const payload = Buffer.from(JSON.stringify(usage), 'utf8');
    return { payload, signature: this.signer.sign('usage', payload) };
  }
}
