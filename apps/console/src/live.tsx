import { Api, problemOf, type Asking, type LoadedState, type ProblemDocument } from '#libs/screens';
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { Alarm, Figures, KeyHolder, Region } from './api.types.js';

const PAUSE_MS = 5_000;

/**
 * Fetches when a screen opens and every few seconds after, as long as somebody can see it. Only the first time counts as something that a
 * person did: a screen that nobody touches does not keep a session alive. What fails leaves the last data as they are.
 */
export function useLive<T>(load: (asking: Asking) => Promise<T>, pause = PAUSE_MS): LoadedState<T> {
  const [data, setData] = useState<T>();
  const [problem, setProblem] = useState<ProblemDocument>();
  const latest = useRef(load);
  const again = useRef(async () => {});
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    let over = false;
    let timer: number | undefined;
    const look = async (asking: Asking) => {
      window.clearTimeout(timer);
      try {
        const answer = await latest.current(asking);
        if (over) return;
        setData(answer);
        setProblem(undefined);
      } catch (error) {
        if (over) return;
        const found = problemOf(error);
        // the same problem once more is no news
        setProblem((before) => (before?.code === found.code ? before : found));
      }
      timer = window.setTimeout(() => void look({ unattended: true }), pause);
    };
    again.current = () => look({});
    const seen = () => document.visibilityState === 'visible' && void look({ unattended: true });
    void look({});
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [pause]);
  return { data, problem, again: useCallback(() => again.current(), []) };
}

/** The federation at this moment. */
export interface Federation {
  regions: Region[];
  keyHolders: KeyHolder[];
  alarms: Alarm[];
  figures: Figures;
}

/** Fetches everything that the screens show of this moment. */
export async function fetchFederation(asking: Asking): Promise<Federation> {
  const [{ regions }, { keyHolders }, { alarms }, figures] = await Promise.all([
    Api.get<{ regions: Region[] }>('regions', asking),
    Api.get<{ keyHolders: KeyHolder[] }>('key-holders', asking),
    Api.get<{ alarms: Alarm[] }>('alarms', asking),
    Api.get<Figures>('figures', asking),
  ]);
  return { regions, keyHolders, alarms, figures };
}

export const FederationContext = createContext<Federation | undefined>(undefined);

/** The federation at this moment, on a screen that is shown only when it is there. */
export function useFederation(): Federation {
  const federation = useContext(FederationContext);
  if (!federation) throw new Error('nothing was fetched yet');
  return federation;
}
