import type { FollowUpTerms } from '../covenant-document.js';
import { lastDayOfTerm } from './working-days.rule.js';

/** Where the follow-up of a match stands. */
export type FollowUpStage = 'in-contact' | 'waiting' | 'stalled' | 'escalated';

/**
 * Says where the follow-up of a match stands: somebody is in contact, or the term still runs, or it is over since the day before, or the
 * term for escalation is over too.
 * @param since day on which the first of those involved was told, `YYYY-MM-DD`
 * @param today `YYYY-MM-DD`
 * @param terms of the covenant under which the match was made
 * @source Jeugdwet 7.1.3.2; convenant: followUp
 */
export function followUpStage(
  since: string,
  today: string,
  contactMade: boolean,
  { stalledAfterWorkingDays, escalatedAfterWorkingDays, liberationDay }: FollowUpTerms,
): FollowUpStage {
  if (contactMade) return 'in-contact';
  if (today > lastDayOfTerm(since, escalatedAfterWorkingDays, liberationDay)) return 'escalated';
  return today > lastDayOfTerm(since, stalledAfterWorkingDays, liberationDay) ? 'stalled' : 'waiting';
}
