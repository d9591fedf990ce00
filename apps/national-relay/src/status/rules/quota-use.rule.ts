/** Beyond this share of a day's quota somebody should look why, before the region has nothing left. */
const MUCH = 0.9;

/**
 * Whether a region had so much evaluated today that it nearly ran out, or tries many numbers.
 * @param elements most that any key holder evaluated for it today
 * @source federatieafspraken: alarms
 */
export const quotaNearlyUsed = (elements: number, dailyQuota: number): boolean =>
  elements > 0 && elements >= dailyQuota * MUCH;
