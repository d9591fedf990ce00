import type { Refusal } from '#libs/protocol';

/** A request is not evaluated; the reason is all that its sender and the log are told. */
export class Refused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason);
    this.name = 'Refused';
  }
}
