import { IsOptional, IsString } from 'class-validator';
import type { Answer } from '../http/visitor.js';
import type { Stage } from '../stage.js';
import { Request } from './signals.js';
import type { References } from './step.js';

const idOf = async (stage: Stage, account: string): Promise<string> =>
  (await stage.visitor(account).read<{ id: string }>('me')).id;

/** `plan absence`: somebody is absent from now on, until the absence is ended. */
export class PlanAbsence extends Request {
  @IsString() of: string;
  /** The colleague who stands in. */
  @IsOptional() @IsString() replacement?: string;

  title(): string {
    return `${this.of} is absent${this.replacement === undefined ? '' : `, and ${this.replacement} stands in`}`;
  }

  override refersTo(): References {
    return { accounts: [this.of, ...(this.replacement === undefined ? [] : [this.replacement])] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const id = await idOf(stage, this.of);
    return stage.visitor(this.of).post(`professionals/${id}/_plan-absence`, {
      ...{ from: '2020-01-01', until: '2099-12-31' },
      ...(this.replacement === undefined ? {} : { replacement: await idOf(stage, this.replacement) }),
    });
  }
}

/** `depart`: a coordinator has somebody leave; a colleague takes the signals over, or they end. */
export class Depart extends Request {
  static leavesTraces = true;

  @IsString() who: string;
  /** Account of the coordinator. */
  @IsString() by: string;
  /** Account of the colleague. */
  @IsOptional() @IsString() 'hand over to'?: string;

  title(): string {
    const colleague = this['hand over to'];
    return `${this.who} leaves${colleague === undefined ? '' : `, and ${colleague} takes over`}`;
  }

  override refersTo(): References {
    const colleague = this['hand over to'];
    return { accounts: [this.who, this.by, ...(colleague === undefined ? [] : [colleague])] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const colleague = this['hand over to'];
    const id = await idOf(stage, this.who);
    const answer = await stage.visitor(this.by).post(`professionals/${id}/_depart`, {
      ...(colleague === undefined ? {} : { handOverTo: await idOf(stage, colleague) }),
    });
    if (answer.status === 200 && colleague !== undefined)
      for (const signal of stage.filed)
        if (signal.by.subject === this.who) signal.by = stage.person(colleague);
    return answer;
  }
}

/** `end absence`: somebody is back. */
export class EndAbsence extends Request {
  static bare = 'of';
  @IsString() of: string;

  title(): string {
    return `${this.of} is back`;
  }

  override refersTo(): References {
    return { accounts: [this.of] };
  }

  async ask(stage: Stage): Promise<Answer> {
    return stage.visitor(this.of).post(`professionals/${await idOf(stage, this.of)}/_end-absence`, {});
  }
}
