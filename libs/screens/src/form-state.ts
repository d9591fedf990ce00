import { useCallback, useEffect, useState } from 'react';
import { useReasons } from './language.js';
import { problemOf, type ProblemDocument } from './problem.js';

/** A form on its way: whether it is being sent, and what was wrong with it. */
export interface FormState {
  sending: boolean;
  problem: ProblemDocument | undefined;
  /** What the server found wrong with a field, by its name in the request, in the chosen language. */
  errorOf: (name: string) => string | undefined;
  /** Shows no problem any more: other fields are asked for. */
  forget: () => void;
  /** What went well at the last send, as `send` was told; undefined as soon as something else is sent. */
  outcome: string | undefined;
  /** Sends; what was typed stays, whatever happens. @returns whether it went well */
  send: (work: () => Promise<void>, outcome?: string) => Promise<boolean>;
}

/** Keeps the state of a form. A second click while the first is on its way does nothing. */
export function useFormState(): FormState {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument>();
  const [outcome, setOutcome] = useState<string>();
  const inLanguage = useReasons();
  // a screen that is shown again after somebody has logged in again
  useEffect(() => setProblem((last) => (last?.status === 401 ? undefined : last)), []);
  const forget = useCallback(() => {
    setProblem(undefined);
    setOutcome(undefined);
  }, []);
  return {
    sending,
    problem,
    outcome,
    errorOf(name) {
      const reason = problem?.invalidParams?.find((param) => param.name === name)?.reason;
      return reason === undefined ? undefined : inLanguage(reason);
    },
    forget,
    async send(work, told) {
      if (sending) return false;
      setSending(true);
      setProblem(undefined);
      setOutcome(undefined);
      try {
        await work();
        setOutcome(told);
        return true;
      } catch (error) {
        setProblem(problemOf(error));
        return false;
      } finally {
        setSending(false);
      }
    },
  };
}
