import { SetMetadata } from '@nestjs/common';
import type { Schedule } from './next-run.js';

/** Work that a node does by itself at set times. */
export interface WorkDescription {
  /** For figures, logbook and command line: `signal-removal`. */
  name: string;
  /** For people, in Dutch. */
  title: string;
  schedule: Schedule;
}

/**
 * What a class decorated with `@ScheduledWork` does. Each item in a transaction of its own: the work may be broken off between two
 * items, and be done by two instances at once when one of them has lost its database without knowing.
 */
export interface Work {
  /**
   * @param stopping whether the program wants to end: look at it between items
   * @returns how many items were done
   */
  run(stopping: () => boolean): Promise<number>;
}

export const SCHEDULED_WORK = 'work:description';

/** Class decorator: has the node do this `Work` at its times. The class is a provider of its feature, nothing else is needed. */
export const ScheduledWork = (description: WorkDescription) => SetMetadata(SCHEDULED_WORK, description);
