import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MINUTE, SECOND } from '#libs/clock';
import { RegionalNodeConfig } from '../config.js';

/**
 * Picks a random delay for what would otherwise tell by its timing which tags belong to one family:
 * tags of parents and updates of cards. Nothing waits when the window is 0.
 */
@Injectable()
export class ReleaseWindow {
  constructor(private readonly config: RegionalNodeConfig) {}

  /** @returns milliseconds */
  next(): number {
    const { releaseAfterMinutes: from, releaseWithinMinutes: to } = this.config;
    if (to <= from) return from * MINUTE;
    return from * MINUTE + randomInt(((to - from) * MINUTE) / SECOND) * SECOND;
  }
}
