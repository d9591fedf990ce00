import { IsOptional, IsPositive } from 'class-validator';
import type { Stage } from '../stage.js';

/** What a step refers to, so that a story is checked before anything starts. */
export interface References {
  accounts?: readonly string[];
  /** Names of signals that earlier steps filed. */
  signals?: readonly string[];
  parts?: readonly string[];
  regions?: readonly string[];
  /** The name that this step gives to a signal. */
  names?: string;
}

/** One step of a story: something that is done, or expected. The properties of its class are its fields in the story. */
export abstract class Step {
  /** Seconds that an expectation may take at most. */
  @IsOptional() @IsPositive() within?: number;

  /** How the step reads in a report. */
  abstract title(): string;
  /** @throws Error that says what was wrong, or what was seen instead */
  abstract play(stage: Stage): Promise<void>;
  refersTo(): References {
    return {};
  }
}

/** A class of steps. */
export interface StepClass {
  new (): Step;
  /** The field that a bare value is for: `stop: relay`. */
  bare?: string;
  /** The field that holds one step or a list of steps. */
  holds?: string;
  /** Whether such a step changes something that nothing puts back: the clock, who takes part. */
  leavesTraces?: boolean;
}

/** Stands in `with` and `naming` for all the others of the step. */
const EACH_OTHER = 'each other';

/** Names without the words that stand for others. */
export const namesIn = (names: readonly string[] = []): string[] =>
  names.filter((name) => name !== EACH_OTHER);

/** Whom a list means, for one of those concerned: with `each other` all of them but that one. */
export const meantBy = (names: readonly string[], own: string, concerned: readonly string[]): string[] =>
  names.flatMap((name) => (name === EACH_OTHER ? concerned.filter((other) => other !== own) : [name]));

/** Names in a sentence: `a, b and c`. */
export function sentence(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'nobody';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
