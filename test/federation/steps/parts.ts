import { addDays, addYears, dayInAmsterdam, momentInAmsterdam } from '#libs/calendar';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsPositive,
  IsString,
  Matches,
} from 'class-validator';
import type { Stage } from '../stage.js';
import { Step, type References } from './step.js';

const HOUR_MS = 3_600_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

abstract class PartStep extends Step {
  static bare = 'part';

  /** A program, the database, the hub or the mail server; a region by its id. */
  @IsString() part: string;

  override refersTo(): References {
    return { parts: [this.part] };
  }
}

/** `stop`: a part ends in good order. */
export class StopPart extends PartStep {
  title(): string {
    return `${this.part} is stopped`;
  }
  async play(stage: Stage): Promise<void> {
    stage.stopped.add(this.part);
    await stage.federation.stopPart(this.part);
  }
}

/** `kill`: a part ends as in a crash. */
export class KillPart extends PartStep {
  title(): string {
    return `${this.part} is killed`;
  }
  async play(stage: Stage): Promise<void> {
    stage.stopped.add(this.part);
    await stage.federation.part(this.part).kill();
  }
}

/** `start`: a part that was stopped or killed runs again. */
export class StartPart extends PartStep {
  title(): string {
    return `${this.part} is started`;
  }
  async play(stage: Stage): Promise<void> {
    await stage.federation.startPart(this.part);
    stage.stopped.delete(this.part);
  }
}

/** `hold signals`: new signals of a region are held for so long from now on, instead of being shared at once. */
export class HoldSignals extends Step {
  /** Id of the region. */
  @IsString() of: string;
  @IsInt() @IsPositive() seconds: number;

  title(): string {
    return `new signals of ${this.of} are held for ${this.seconds} seconds`;
  }

  override refersTo(): References {
    return { parts: [this.of] };
  }

  async play(stage: Stage): Promise<void> {
    stage.changed.add(this.of);
    await stage.federation.restartWith(this.of, { UNDO_SECONDS: String(this.seconds) });
  }
}

/** `advance time`: the clock of all programs moves on. */
export class AdvanceTime extends Step {
  static leavesTraces = true;

  @IsOptional() @IsPositive() days?: number;
  @IsOptional() @IsPositive() hours?: number;
  /** Noon of the last day of this year in Amsterdam, or just after midnight of the first day of the next. */
  @IsOptional() @IsIn(['31 December', '1 January']) to?: '31 December' | '1 January';

  title(): string {
    const { days, hours } = this;
    const span = [days && `${days} days`, hours && `${hours} hours`].filter(Boolean).join(' and ');
    return this.to ? `it becomes ${this.to}` : `${span || 'no time'} pass`;
  }

  async play({ federation }: Stage): Promise<void> {
    const now = federation.clockNow();
    const until = this.to ? Math.max(0, momentOf(this.to, now).getTime() - now.getTime()) : 0;
    federation.advanceTime(until + ((this.days ?? 0) * 24 + (this.hours ?? 0)) * HOUR_MS);
  }
}

const momentOf = (day: '31 December' | '1 January', now: Date): Date =>
  day === '1 January'
    ? momentInAmsterdam(nextNewYear(now), '00:01')
    : momentInAmsterdam(`${dayInAmsterdam(now).slice(0, 4)}-12-31`, '12:00');

/** The first day of the next year, `YYYY-MM-DD`. */
export const nextNewYear = (now: Date): string => `${Number(dayInAmsterdam(now).slice(0, 4)) + 1}-01-01`;

/** `change person`: something happens to somebody in the person register. */
export class ChangePerson extends Step {
  @Matches(/^\d{9}$/, { message: '$property must be nine digits between quotes' }) bsn: string;
  /** Code of the municipality. */
  @IsOptional() @Matches(/^\d{4}$/) 'moves to'?: string;
  /** Days until the 23rd birthday. A `file` step without `birthDate` uses the new birth date. */
  @IsOptional() @IsInt() 'turns 23 in'?: number;
  @IsOptional() @Matches(DAY) 'dies on'?: string;
  @IsOptional() @IsBoolean() 'protected address'?: boolean;

  title(): string {
    const {
      'moves to': municipality,
      'turns 23 in': days,
      'dies on': day,
      'protected address': isProtected,
    } = this;
    const what = [
      municipality && `moves to ${municipality}`,
      days !== undefined && `turns 23 in ${days} days`,
      day && `dies on ${day}`,
      isProtected !== undefined && `has ${isProtected ? 'a' : 'no'} protected address`,
    ];
    return `the youth ${what.filter(Boolean).join(', ')}`;
  }

  async play(stage: Stage): Promise<void> {
    stage.personsChanged = true;
    const { 'turns 23 in': days } = this;
    const today = dayInAmsterdam(stage.federation.clockNow());
    const birthDate = days === undefined ? undefined : addYears(addDays(today, days), -23);
    if (birthDate !== undefined) stage.birthDates.set(this.bsn, birthDate);
    const change = {
      gemeenteVanInschrijving: this['moves to'],
      geboorte: birthDate,
      overlijden: this['dies on'],
      geheimhouding: this['protected address'],
    };
    const response = await fetch(`${stage.federation.brp.url}/_simulator/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ burgerservicenummer: this.bsn, change }),
    });
    if (!response.ok) throw new Error(`the person register refused it: ${response.status}`);
  }
}

/** `settle`: waits until nothing is on its way any more. */
export class Settle extends Step {
  title(): string {
    return 'everything arrives';
  }
  play(stage: Stage): Promise<void> {
    return stage.settled(this.within);
  }
}

/** `chapter`: a heading in the report. */
export class Chapter extends Step {
  static bare = 'heading';

  @IsString() heading: string;

  title(): string {
    return this.heading;
  }
  async play(): Promise<void> {}
}

/** `parallel`: steps that begin at the same instant. */
export class Parallel extends Step {
  static bare = 'steps';
  static holds = 'steps';

  @IsArray() @ArrayNotEmpty() steps: Step[];

  title(): string {
    return `at the same instant: ${this.steps.map((step) => step.title()).join('; ')}`;
  }

  async play(stage: Stage): Promise<void> {
    const ends = await Promise.allSettled(this.steps.map((step) => step.play(stage)));
    const failed = ends
      .filter((end) => end.status === 'rejected')
      .map(({ reason }) => (reason as Error).message);
    if (failed.length > 0) throw new Error(failed.join('; '));
  }
}
