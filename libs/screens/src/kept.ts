import { useEffect, useState } from 'react';
import { goToStep, useRoute } from './router.js';

/** By visit and name. In memory only: a reload, a logout and the end of the page forget it. */
const memory = new Map<string, unknown>();

/** As `useState`, but shared by the steps of one visit and still there after Back and Forward. */
export function useKept<T>(name: string, initial: T): [T, (change: (last: T) => T) => void] {
  const { visit } = useRoute();
  const key = `${visit} ${name}`;
  const last = () => (memory.has(key) ? (memory.get(key) as T) : initial);
  const [value, setValue] = useState(last);
  return [
    value,
    (change) => {
      const next = change(last());
      memory.set(key, next);
      setValue(() => next);
    },
  ];
}

/**
 * Goes back to the first step where a later one has lost what it was about: a reload forgets what was kept.
 * @returns whether that happened
 */
export function useLostStep(isLost: boolean, start: string): boolean {
  const [wasLost] = useState(isLost);
  useEffect(() => {
    if (isLost) goToStep(start, { instead: true });
  }, [isLost, start]);
  return wasLost;
}
