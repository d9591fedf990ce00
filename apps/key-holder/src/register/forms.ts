import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { Loop } from '#libs/loop';
import { HubConnection } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import { FORMS, Signer, signForms, subjects } from '#libs/protocol';
import { KeyHolderConfig } from '../config.js';
import { Hub } from '../hub/index.js';

/** Tells the relay which forms this key holder speaks. A relay of release 0.1.0 does not answer, which does no harm. */
@Injectable()
export class Forms implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly connection: HubConnection,
    hub: Hub,
    clock: Clock,
    logger: ProgramLogger,
  ) {
    const keys = { privateKey: config.signingKey, publicKey: config.signingPublicKey };
    const since = clock.now().toISOString();
    const own = signForms(new Signer(keys), { party: config.keyHolder, forms: [...FORMS], since });
    this.loop = new Loop(
      async () => {
        await hub.ask(subjects.forms(config.keyHolder), Buffer.from(JSON.stringify(own), 'utf8'));
      },
      30 * SECOND,
      (error) => logger.log(`forms not told: ${errorKind(error)}`, 'register'),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.wire === '1.0') return;
    this.connection.onUp(() => this.loop.wake());
    this.loop.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
