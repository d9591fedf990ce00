import { Injectable } from '@nestjs/common';
import { SECOND } from '#libs/clock';
import { regionAccount } from '#libs/protocol';
import { RelayConfig } from '../config.js';
import { Register } from '../register/index.js';

/** Looks whether the hub lets in the regions of the register in force, and no others. */
@Injectable()
export class HubAccounts {
  constructor(
    private readonly config: RelayConfig,
    private readonly register: Register,
  ) {}

  /** Whether the hub follows the register; null when it does not answer. */
  async follow(): Promise<boolean | null> {
    try {
      const response = await fetch(new URL('/accountz', this.config.natsMonitorUrl), {
        signal: AbortSignal.timeout(2 * SECOND),
      });
      const { accounts } = (await response.json()) as { accounts: string[] };
      return this.register
        .current()
        .regions.every(({ id, state }) => accounts.includes(regionAccount(id)) === (state === 'admitted'));
    } catch {
      return null;
    }
  }
}
