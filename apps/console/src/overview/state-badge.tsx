import { Badge, useTexts } from '#libs/screens';
import type { Health, State } from '../api.types.js';
import { consoleTexts } from '../texts.js';

/** How a region is doing, or that it does not take part: in one word. */
export type Condition = Health | 'suspended' | 'removed';

export const conditionOf = ({ state, health }: { state: State; health: Health }): Condition =>
  state === 'admitted' ? health : state;

const TONES = {
  healthy: 'ok',
  lagging: 'warning',
  silent: 'error',
  suspended: 'neutral',
  removed: 'neutral',
} as const;

export function StateBadge({ condition }: { condition: Condition }) {
  const texts = useTexts(consoleTexts).conditions;
  return <Badge tone={TONES[condition]}>{texts[condition]}</Badge>;
}
