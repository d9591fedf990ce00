import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND } from '#libs/clock';
import { RegionalNodeConfig } from '../config.js';

/**
 * Picks a random moment for what would otherwise tell by its timing which tags belong to one family:
 * tags of parents and updates of cards. Nothing waits when the window is 0.
 */
@Injectable()
export class ReleaseWindow {
  constructor(
    private readonly clock: Clock,
    private readonly config: RegionalNodeConfig,
  ) {}

  next(): Date {
    const { releaseAfterMinutes: from, releaseWithinMinutes: to } = this.config;
    const now = this.clock.now().getTime();
    if (to <= from) return new Date(now + from * MINUTE);
    return new Date(now + from * MINUTE + randomInt(((to - from) * MINUTE) / SECOND) * SECOND);
  }
}
