import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { subjects, type EvaluationRefusal, type SignedManifest } from '#libs/protocol';
import { KeyHolderConfig } from '../config.js';
import { Hub } from '../hub/index.js';
import { Registers } from '../register/index.js';
import { KeyRing } from './key-ring.js';

/** Tells everybody the signed manifest of the present epoch. */
@Injectable()
export class ManifestConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly config: KeyHolderConfig,
    private readonly hub: Hub,
    private readonly registers: Registers,
    private readonly keys: KeyRing,
  ) {}

  onApplicationBootstrap(): void {
    this.hub.serve(subjects.manifest(this.config.keyHolder), async () => ({
      payload: Buffer.from(JSON.stringify(await this.manifest()), 'utf8'),
    }));
  }

  private async manifest(): Promise<SignedManifest | EvaluationRefusal> {
    const epoch = this.registers.current?.epoch;
    const key = epoch === undefined ? undefined : await this.keys.usableIn(epoch);
    return key ? key.manifest : { v: 1, refused: 'no-key' };
  }
}
