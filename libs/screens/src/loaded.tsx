import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { problemOf, type ProblemDocument } from './problem.js';
import { Empty, Loading, ProblemNotice } from './states.js';

/** What a screen shows of data that have to be fetched: nothing yet, the data, or a problem beside the last data. */
export interface LoadedState<T> {
  data: T | undefined;
  problem: ProblemDocument | undefined;
  /** Fetches anew; what is shown stays until the answer is there. */
  again: () => Promise<void>;
}

/** Fetches when a screen opens. `load` may change at every render; the last one counts. */
export function useLoaded<T>(load: () => Promise<T>): LoadedState<T> {
  const [data, setData] = useState<T>();
  const [problem, setProblem] = useState<ProblemDocument>();
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const asked = useRef(0);
  const again = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const answer = await latest.current();
      // an answer to an earlier question may come later
      if (turn !== asked.current) return;
      setData(answer);
      setProblem(undefined);
    } catch (error) {
      if (turn === asked.current) setProblem(problemOf(error));
    }
  }, []);
  useEffect(() => {
    void again();
  }, [again]);
  return { data, problem, again };
}

/** Shows one of the states: loading, the problem with a way to try again, or the data. */
export function Loaded<T>({ state, children }: { state: LoadedState<T>; children: (data: T) => ReactNode }) {
  const { data, problem, again } = state;
  return (
    <>
      {problem && <ProblemNotice problem={problem} onRetry={() => void again()} />}
      {data === undefined ? !problem && <Loading /> : children(data)}
    </>
  );
}

interface LoadedListProps<T> {
  state: LoadedState<readonly T[]>;
  /** What is said when there is nothing. */
  none: string;
  /** Why that is, or what to do about it. */
  hint?: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** Shows a list that has to be fetched, or that nothing is in it. */
export function LoadedList<T>({ state, none, hint, children }: LoadedListProps<T>) {
  return (
    <Loaded state={state}>
      {(items) => (items.length === 0 ? <Empty title={none}>{hint}</Empty> : children(items))}
    </Loaded>
  );
}
