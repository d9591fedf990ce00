import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { HubConnection, PeerForms } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import {
  FORMS,
  FormsOfParties,
  MalformedMessage,
  RELAY,
  SignedForms,
  Signer,
  openForms,
  parse,
  signForms,
  subjects,
} from '#libs/protocol';
import { DataSource } from 'typeorm';
import { RelayConfig } from '../config.js';
import { metrics } from '../metrics.js';
import { Register } from '../register/index.js';

/** Takes the lists of forms that parties speak, and hands out the latest of all, its own among them. */
@Injectable()
export class Forms {
  private readonly peers: PeerForms;
  private readonly own: SignedForms;

  constructor(
    dataSource: DataSource,
    clock: Clock,
    private readonly hub: HubConnection,
    private readonly register: Register,
    private readonly config: RelayConfig,
    private readonly logger: ProgramLogger,
  ) {
    this.peers = new PeerForms(dataSource, clock);
    const signer = new Signer({ privateKey: config.signingKey, publicKey: config.signingPublicKey });
    this.own = signForms(signer, { party: RELAY, forms: [...FORMS], since: clock.now().toISOString() });
  }

  /** Begins to answer, once the hub is there; the client renews the subscription at every reconnection. */
  async start(): Promise<void> {
    if (this.config.wire === '1.0') return;
    await this.peers.take(this.register.current(), [this.own]);
    await this.show();
    const connection = await this.hub.get();
    connection.subscribe(subjects.formsAll, {
      callback: (error, message) => {
        if (error) return;
        this.answer(message.subject, message.data).then(
          (lists) => void message.respond(JSON.stringify(lists)),
          (failure: unknown) => this.logger.warning('forms-not-answered', { kind: errorKind(failure) }),
        );
      },
    });
  }

  /** Keeps what a party said, as far as it is its own, and tells what all said. */
  private async answer(subject: string, payload: Uint8Array): Promise<FormsOfParties> {
    const register = this.register.current();
    const signed = listIn(payload);
    if (signed) {
      const party = openForms(register, signed, new Date(8.64e15))?.party;
      // the hub lets a party publish under its own name only
      if (party !== undefined && subjects.forms(party) === subject) {
        const speakMore = await this.peers.take(register, [signed]);
        if (speakMore.length > 0) await this.show();
      } else this.logger.warning('forms-refused', { subject });
    }
    const stored = await this.peers.all();
    return { v: 1, parties: stored.map(({ document, signature }) => ({ document, signature })) };
  }

  private async show(): Promise<void> {
    metrics.speaks.reset();
    for (const { party, forms } of await this.peers.all())
      for (const form of forms) metrics.speaks.set({ party, form }, 1);
  }
}

function listIn(payload: Uint8Array): SignedForms | undefined {
  try {
    return parse(SignedForms, payload, 'dropped');
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}
