import { randomInt } from 'node:crypto';
import { SECOND, type Clock } from '#libs/clock';
import { MAX_BATCH, type Evaluation, type OprfSuite } from './oprf-suite.js';
import { PersonSecret } from './person-secret.js';

/** The published half of a shared key: how many holders must answer, and K_1..K_n (32 B each) in index order. */
export interface SharedKey {
  threshold: number;
  publicShares: Uint8Array[];
}

/** Brings a batch of elements to the key holder with this index (1..n) and its answer back; rejects if there is none. */
export type AskKeyHolder = (
  holder: number,
  elements: Uint8Array[],
  abortSignal: AbortSignal,
) => Promise<Evaluation>;

/** Why the answer of a key holder was not used; a `wrong-proof` is misconduct or a swapped key, never chance. */
export interface KeyHolderFault {
  holder: number;
  kind: 'wrong-proof' | 'time-out' | 'unavailable';
  /** What `ask` rejected with, if it did. */
  cause?: unknown;
}

/** Settings of {@link ThresholdEvaluation}, in milliseconds. */
export interface ThresholdEvaluationOptions {
  /** How long one holder may take over one batch; 2 s unless said otherwise. */
  patience?: number;
  /** How long a holder that failed is asked only after all others; 30 s unless said otherwise. */
  sidelined?: number;
  /** Called for every fault, as it happens. */
  onFault?: (fault: KeyHolderFault) => void;
}

/** Fewer than t key holders gave a proven answer; nothing is lost, the same inputs may be tried again later. */
export class NotEnoughKeyHolders extends Error {
  constructor(
    readonly answered: number,
    readonly threshold: number,
    readonly faults: KeyHolderFault[],
  ) {
    super(`${answered} of the ${threshold} key holders needed gave a proven answer`);
    this.name = 'NotEnoughKeyHolders';
  }
}

/**
 * Turns inputs into the secrets of persons with any t of the n key holders of one epoch, over a transport it does not know.
 *
 * **Who is asked?** t holders at once, and the next one for each that is late, fails or proves wrongly. Who comes
 * first moves on by one with every batch, so load spreads; a holder that failed is asked last for a short while, so
 * one that is down costs one time-out and not one per batch.
 *
 * **What is trusted?** Only the public shares given at construction. An answer whose proof does not verify against
 * the holder's own public share is dropped and reported with that holder's index.
 *
 * **What if it fails?** The call rejects as a whole. No blind is kept: a retry blinds anew.
 */
export class ThresholdEvaluation {
  private readonly patience: number;
  private readonly sidelined: number;
  private readonly onFault: (fault: KeyHolderFault) => void;
  private readonly failedAt = new Map<number, number>();
  private turn: number;

  constructor(
    private readonly suite: OprfSuite,
    private readonly key: SharedKey,
    private readonly ask: AskKeyHolder,
    private readonly clock: Clock,
    options: ThresholdEvaluationOptions = {},
  ) {
    const { threshold, publicShares } = key;
    if (!Number.isSafeInteger(threshold) || threshold < 1 || threshold > publicShares.length) {
      throw new RangeError('the threshold must be between 1 and the number of key holders');
    }
    this.patience = options.patience ?? 2 * SECOND;
    this.sidelined = options.sidelined ?? 30 * SECOND;
    this.onFault = options.onFault ?? (() => undefined);
    this.turn = randomInt(publicShares.length);
  }

  /** One secret per input, in the same order; throws {@link NotEnoughKeyHolders}. */
  async evaluate(inputs: Uint8Array[]): Promise<PersonSecret[]> {
    const secrets: PersonSecret[] = [];
    for (let from = 0; from < inputs.length; from += MAX_BATCH) {
      secrets.push(...(await this.evaluateBatch(inputs.slice(from, from + MAX_BATCH))));
    }
    return secrets;
  }

  private async evaluateBatch(inputs: Uint8Array[]): Promise<PersonSecret[]> {
    const blinded = inputs.map((input) => this.suite.blind(input));
    const answers = await this.gather(blinded.map(({ element }) => element));
    return inputs.map((input, i) => {
      const combined = this.suite.combine(
        answers.map(({ holder, evaluated }) => ({ index: holder, element: evaluated[i]! })),
      );
      return new PersonSecret(this.suite.finalize(input, blinded[i]!.blind, combined));
    });
  }

  /** Proven answers of exactly t holders. */
  private async gather(elements: Uint8Array[]): Promise<{ holder: number; evaluated: Uint8Array[] }[]> {
    const { threshold } = this.key;
    const waiting = this.order();
    const faults: KeyHolderFault[] = [];
    const nextAnswer = async () => {
      for (let holder = waiting.shift(); holder !== undefined; holder = waiting.shift()) {
        const answer = await this.askOne(holder, elements);
        if ('evaluated' in answer) return { holder, evaluated: answer.evaluated };
        this.failedAt.set(holder, this.clock.now().getTime());
        faults.push(answer);
        this.onFault(answer);
      }
      return undefined;
    };
    const answers = await Promise.all(Array.from({ length: threshold }, nextAnswer));
    const proven = answers.filter((answer) => answer !== undefined);
    if (proven.length < threshold) throw new NotEnoughKeyHolders(proven.length, threshold, faults);
    return proven;
  }

  private async askOne(holder: number, elements: Uint8Array[]): Promise<Evaluation | KeyHolderFault> {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), this.patience);
    });
    try {
      const answer = await Promise.race([this.ask(holder, elements, abort.signal), late]);
      if (answer === 'late') return { holder, kind: 'time-out' };
      const publicShare = this.key.publicShares[holder - 1]!;
      if (!this.suite.verify(publicShare, elements, answer.evaluated, answer.proof)) {
        return { holder, kind: 'wrong-proof' };
      }
      this.failedAt.delete(holder);
      return answer;
    } catch (cause) {
      return { holder, kind: 'unavailable', cause };
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }

  /** All holders, the one whose turn it is first, those that failed lately last. */
  private order(): number[] {
    const count = this.key.publicShares.length;
    const first = this.turn;
    this.turn = (this.turn + 1) % count;
    const now = this.clock.now().getTime();
    const failedLately = (holder: number) => now - (this.failedAt.get(holder) ?? -Infinity) < this.sidelined;
    return Array.from({ length: count }, (_, i) => ((first + i) % count) + 1).sort(
      (a, b) => Number(failedLately(a)) - Number(failedLately(b)),
    );
  }
}
