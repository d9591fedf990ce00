const DAYS = 60;
const DAY = 86_400_000;

/** Whether a signal is in the last sixty days of its term. The node decides; this only says when to offer it. */
export const mayRenewNow = (removalDate: string, now = Date.now()): boolean =>
  Date.parse(`${removalDate}T00:00:00Z`) - now <= DAYS * DAY;
