import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Says everything again to a peer, in the transaction in which this side finds that the peer must hear it. */
export type SayAgain = (manager: EntityManager, peer: string) => Promise<void>;

/** Where features put what has to be said again when the other side of a link lost its memory. */
@Injectable()
export class LinkRestarts {
  private readonly sayings: SayAgain[] = [];
  private hold: (manager: EntityManager) => Promise<void> = () => Promise.resolve();

  /** Has this done before anything is said: saying all again touches rows of which others hold some. */
  holdFirst(hold: (manager: EntityManager) => Promise<void>): void {
    this.hold = hold;
  }

  onRestart(sayAgain: SayAgain): void {
    this.sayings.push(sayAgain);
  }

  /** Says it all, in the order in which it was registered. */
  async restarted(manager: EntityManager, peer: string): Promise<void> {
    await this.hold(manager);
    for (const sayAgain of this.sayings) await sayAgain(manager, peer);
  }
}
