import { Injectable } from '@nestjs/common';
import { HubConnection } from '#libs/messaging';
import { subjects } from '#libs/protocol';
import { Register } from './register.js';

/** Gives the signed register to whoever asks on the hub. */
@Injectable()
export class RegisterResponder {
  constructor(
    private readonly hub: HubConnection,
    private readonly register: Register,
  ) {}

  /** Begins to answer, once the hub is there; the client renews the subscription at every reconnection. */
  async start(): Promise<void> {
    const connection = await this.hub.get();
    connection.subscribe(subjects.register, {
      callback: (error, message) => {
        if (!error) message.respond(this.register.signed());
      },
    });
  }
}
