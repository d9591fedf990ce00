import { IsString, Matches } from 'class-validator';
import type { Answer } from '../http/visitor.js';
import { Unmet, type Stage } from '../stage.js';
import { Names } from './decorators.js';
import { Request } from './signals.js';
import { Step, sentence, type References } from './step.js';

/** A move, or a case that was forwarded, as a process manager sees it. */
interface SeenMove {
  id: string;
  signals: { email: string }[];
  forwardedBy?: { email: string };
}

const movesOf = async (stage: Stage, processManager: string): Promise<SeenMove[]> =>
  (await stage.visitor(processManager).read<{ moves: SeenMove[] }>('moves')).moves;
const emailsIn = (people: readonly { email: string }[]): string =>
  people
    .map(({ email }) => email)
    .sort()
    .join();
const emailsOf = (stage: Stage, accounts: readonly string[]): string =>
  emailsIn(accounts.map((account) => stage.person(account)));

/** `expect moves`: a process manager has a move to place, with signals of exactly these people, or, with an empty list, none at all. */
export class ExpectMoves extends Step {
  /** Account of the process manager. */
  @IsString() of: string;
  @Names() with: string[];

  title(): string {
    return `${this.of} has ${this.with.length === 0 ? 'no move' : `a move with signals of ${sentence(this.with)}`} to place`;
  }

  override refersTo(): References {
    return { accounts: [this.of, ...this.with] };
  }

  async play(stage: Stage): Promise<void> {
    await stage.eventually(() => this.look(stage), this.within);
    if (this.with.length === 0) await stage.stays(() => this.look(stage));
  }

  private async look(stage: Stage): Promise<void> {
    const seen = (await movesOf(stage, this.of)).map(({ signals }) => emailsIn(signals));
    const wanted = emailsOf(stage, this.with);
    if (this.with.length === 0 ? seen.length > 0 : !seen.includes(wanted))
      throw new Unmet(`saw ${seen.join('; ') || 'nothing'}`);
  }
}

/** `placed`: a process manager says that somebody in the municipality knows of a move. */
export class PlaceMove extends Request {
  static bare = 'by';
  @IsString() by: string;

  title(): string {
    return `${this.by} has placed the first move`;
  }

  override refersTo(): References {
    return { accounts: [this.by] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const [move] = await movesOf(stage, this.by);
    if (!move) throw new Unmet(`${this.by} has no move to place`);
    return stage.visitor(this.by).post(`moves/${move.id}/_placed`);
  }
}

/** `forward`: a process manager forwards the first match of the queue to the one of a municipality elsewhere. */
export class ForwardCase extends Request {
  @IsString() by: string;
  /** Code of the municipality. */
  @Matches(/^\d{4}$/, { message: '$property must be four digits between quotes' }) to: string;

  title(): string {
    return `${this.by} forwards a match to ${this.to}`;
  }

  override refersTo(): References {
    return { accounts: [this.by] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const [match] = await stage.visitor(this.by).read<{ id: string }[]>('match-queue');
    if (!match) throw new Unmet(`${this.by} has no match to follow up`);
    return stage.visitor(this.by).post(`match-queue/${match.id}/_forward`, { municipality: this.to });
  }
}
