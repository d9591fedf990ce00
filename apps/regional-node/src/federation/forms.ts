import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { Loop } from '#libs/loop';
import { HubConnection, HubUnreachable, PeerForms } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import {
  FORMS,
  FormsOfParties,
  Signer,
  parse,
  signForms,
  subjects,
  type Form,
  type SignedForms,
} from '#libs/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { RegionKeys } from './region-keys.js';
import { Registers } from './registers.js';

/** Called with a region that speaks more than before, or whose forms are doubted: cards to it may be due in another form. */
type FormsListener = (manager: EntityManager, region: string) => Promise<void>;

/**
 * Tells the relay which forms this node speaks, and keeps which forms other regions speak.
 *
 * A relay of release 0.1.0 does not answer. Then nothing is known of anybody, and everything goes in the oldest form.
 */
@Injectable()
export class Forms implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly peers: PeerForms;
  private readonly own: SignedForms;
  private readonly loop: Loop;
  private readonly listeners: FormsListener[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly registers: Registers,
    private readonly config: RegionalNodeConfig,
    keys: RegionKeys,
    clock: Clock,
    logger: ProgramLogger,
  ) {
    this.peers = new PeerForms(dataSource, clock);
    const since = clock.now().toISOString();
    this.own = signForms(new Signer(keys.signing), { party: config.region, forms: [...FORMS], since });
    this.loop = new Loop(
      () => this.exchange(),
      10 * SECOND,
      (error) => {
        if (!(error instanceof HubUnreachable)) logger.log(`no forms: ${errorKind(error)}`, 'federation');
      },
    );
    hub.onUp(() => this.loop.wake());
    registers.onChange(() => this.loop.wake());
  }

  onApplicationBootstrap(): void {
    this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Calls `listener`, in a transaction, with each region to which cards may be due in another form. */
  onChange(listener: FormsListener): void {
    this.listeners.push(listener);
  }

  /** Whether a region speaks a form, and this node too. */
  async speaks(manager: EntityManager, region: string, form: Form): Promise<boolean> {
    return this.config.wire !== '1.0' && (await this.peers.speaks(manager, region, form));
  }

  /** A region did not open a card in a form that it said it speaks: until it says so anew it gets the oldest. */
  async doubt(manager: EntityManager, region: string): Promise<void> {
    await this.peers.doubt(manager, region);
    for (const listener of this.listeners) await listener(manager, region);
  }

  private async exchange(): Promise<void> {
    if (this.config.wire === '1.0') return;
    const register = this.registers.current();
    if (!register) return;
    const connection = await this.hub.now();
    const reply = await connection.request(subjects.forms(this.config.region), JSON.stringify(this.own), {
      timeout: 3 * SECOND,
    });
    const { parties } = parse(FormsOfParties, reply.data, 'dropped');
    const speakMore = await this.peers.take(register, parties);
    for (const region of speakMore)
      await this.dataSource.transaction(async (manager) => {
        for (const listener of this.listeners) await listener(manager, region);
      });
  }
}
