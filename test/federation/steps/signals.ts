import { Type } from 'class-transformer';
import { IsBoolean, IsObject, IsOptional, IsString, ValidateBy, ValidateNested } from 'class-validator';
import { inShort, refusal, type Answer } from '../http/visitor.js';
import { Unmet, type Stage } from '../stage.js';
import { Names } from './decorators.js';
import { Step, sentence, type References } from './step.js';

const TEXT = { message: '$property must be a text: put it between quotes' };

/** Which youth: BSN and birth date; or surname, birth date, sex and postcode; or `withoutBsn`, surname, birth date and sex. */
export class YouthFields {
  @IsOptional() @IsBoolean() withoutBsn?: boolean;
  @IsOptional() @IsString(TEXT) bsn?: string;
  @IsOptional() @IsString(TEXT) birthDate?: string;
  @IsOptional() @IsString(TEXT) surname?: string;
  @IsOptional() @IsString(TEXT) sex?: string;
  @IsOptional() @IsString(TEXT) postcode?: string;
  @IsOptional() @IsString(TEXT) givenName?: string;
  @IsOptional() @IsString(TEXT) houseNumber?: string;
}

/** A step that asks a regional node for something, which it may refuse. */
export abstract class Request extends Step {
  /** Asks, and takes any answer. */
  abstract ask(stage: Stage): Promise<Answer>;

  async play(stage: Stage): Promise<void> {
    const answer = await this.ask(stage);
    if (answer.status >= 300) throw refusal(this.title(), answer);
  }
}

/** `file`: somebody files a signal. */
export class FileSignal extends Request {
  @IsString() who: string;
  @IsObject() @ValidateNested() @Type(() => YouthFields) youth: YouthFields;
  /** Id of the organisation for which they act, of somebody who works for several. */
  @IsOptional() @IsString() for?: string;
  /** `yes` or `not-yet`. */
  @IsOptional() @IsString() informed?: string;
  /** What the story calls the signal. */
  @IsOptional() @IsString() as?: string;
  /** Further members of the request, or other values, to see what the API makes of them. */
  @IsOptional() @IsObject() extra?: Record<string, unknown>;

  title(): string {
    const [extra] = Object.keys(this.extra ?? {});
    const { bsn, withoutBsn } = this.youth;
    const means = withoutBsn ? ' on a youth without BSN' : bsn === undefined ? ' without a BSN' : '';
    const where = this.for === undefined ? '' : ` for ${this.for}`;
    return `${this.who} files a signal${where}${means}${this.as ? ` (${this.as})` : ''}${extra ? `, with ${extra}` : ''}`;
  }

  override refersTo(): References {
    return { accounts: [this.who], ...(this.as === undefined ? {} : { names: this.as }) };
  }

  async ask(stage: Stage): Promise<Answer> {
    const { who, informed = 'yes', as: name = '', extra } = this;
    if (this.for !== undefined) await stage.actFor(who, this.for);
    const birthDate = stage.birthDates.get(this.youth.bsn ?? '');
    const youth = { ...(birthDate === undefined ? {} : { birthDate }), ...this.youth };
    const answer = await stage.visitor(who).post('signals', { youth, informed, ...extra });
    if (answer.status === 201) {
      const { id, number } = answer.body as { id: string; number: string };
      const signal = { name, by: stage.person(who), for: this.for, id, number };
      stage.filed.push(signal);
      if (name) stage.signals.set(name, signal);
    }
    return answer;
  }
}

/** `renew`: a filer files a signal anew before it expires. */
export class RenewSignal extends Request {
  @IsString() signal: string;
  /** What the story calls the new one. */
  @IsString() as: string;

  title(): string {
    return `the filer of ${this.signal} renews it (${this.as})`;
  }

  override refersTo(): References {
    return { signals: [this.signal], names: this.as };
  }

  async ask(stage: Stage): Promise<Answer> {
    const old = stage.signal(this.signal);
    const { by, for: organisation } = old;
    const answer = await (await stage.filerOf(old)).post(`signals/${old.id}/_renew`, { informed: 'yes' });
    if (answer.status === 201) {
      const { id: newId, number } = answer.body as { id: string; number: string };
      const signal = { name: this.as, by, for: organisation, id: newId, number };
      stage.filed.push(signal);
      stage.signals.set(this.as, signal);
    }
    return answer;
  }
}

/** `link`: a filer links a signal on a youth without BSN, when the BSN has become known. */
export class LinkSignal extends Request {
  @IsString() signal: string;
  @IsObject() @ValidateNested() @Type(() => YouthFields) to: YouthFields;

  title(): string {
    return `the filer of ${this.signal} links it: the BSN is known`;
  }

  override refersTo(): References {
    return { signals: [this.signal] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.signal);
    return (await stage.filerOf(signal)).post(`signals/${signal.id}/_link`, { youth: this.to });
  }
}

/** `share`: a filer shares a signal that is held. */
export class ShareSignal extends Request {
  static bare = 'signal';

  @IsString() signal: string;

  title(): string {
    return `the filer of ${this.signal} shares it`;
  }

  override refersTo(): References {
    return { signals: [this.signal] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.signal);
    return (await stage.filerOf(signal)).post(`signals/${signal.id}/_share`, {});
  }
}

/** `end`: somebody ends a signal. */
export class EndSignal extends Request {
  @IsString() signal: string;
  @IsString() reason: string;
  /** Somebody else than who filed it. */
  @IsOptional() @IsString() by?: string;

  title(): string {
    return `${this.by ?? 'its filer'} ends the signal ${this.signal} (${this.reason})`;
  }

  override refersTo(): References {
    return { signals: [this.signal], accounts: this.by === undefined ? [] : [this.by] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.signal);
    const visitor = this.by === undefined ? await stage.filerOf(signal) : stage.visitor(this.by);
    return visitor.post(`signals/${signal.id}/_end`, { reason: this.reason });
  }
}

/** `expect signals`: these are somebody's own signals, and there are no others. */
export class ExpectSignals extends Step {
  @IsString() of: string;
  @Names() are: string[];

  title(): string {
    return `${this.of} has ${this.are.length === 0 ? 'no signal' : `the signals ${sentence(this.are)}, and no other`}`;
  }

  override refersTo(): References {
    return { accounts: [this.of], signals: this.are };
  }

  async play(stage: Stage): Promise<void> {
    const expected = this.are.map((name) => stage.signal(name).number).sort();
    await stage.eventually(async () => {
      const { signals } = await stage.visitor(this.of).read<{ signals: { number: string }[] }>('signals');
      const seen = signals.map(({ number }) => number).sort();
      if (seen.join() !== expected.join()) throw new Unmet(`saw the signals ${sentence(seen)}`);
    }, this.within);
  }
}

const AsksForSomething = () =>
  ValidateBy({
    name: 'asksForSomething',
    validator: {
      validate: (step) => step instanceof Request,
      defaultMessage: () =>
        '$property must be a step that asks for something: file, link, end, confirm or contact made',
    },
  });

/** `expect refused`: what is asked is refused, with this code and for this field. */
export class ExpectRefused extends Step {
  static holds = 'when';

  /** Name of the problem in the catalogue. */
  @IsString() code: string;
  @IsOptional() @IsString() field?: string;
  /** Whatever else the problem must say, such as `notUnique` for the field. */
  @IsOptional() @IsString() saying?: string;
  /** A signal of which the refusal gives the number. */
  @IsOptional() @IsString() naming?: string;
  @AsksForSomething()
  when: Request;

  title(): string {
    const { code, field, saying } = this;
    const about = [code, field, saying].filter((part) => part !== undefined).join(', ');
    return `refused (${about}): ${this.when.title()}`;
  }

  override refersTo(): References {
    return { signals: this.naming === undefined ? [] : [this.naming] };
  }

  async play(stage: Stage): Promise<void> {
    await stage.eventually(async () => {
      const answer = await this.when.ask(stage);
      if (answer.status < 400) throw new Error('it was accepted');
      this.check(stage, answer);
    }, this.within ?? 0);
  }

  private check(stage: Stage, answer: Answer): void {
    const { code, invalidParams = [] } = answer.body as {
      code?: string;
      invalidParams?: { name: string; code: string }[];
    };
    const text = JSON.stringify(answer.body);
    const right =
      code === this.code &&
      (this.field === undefined || invalidParams.some(({ name }) => name === this.field)) &&
      (this.saying === undefined || text.includes(this.saying)) &&
      (this.naming === undefined || text.includes(stage.signal(this.naming).number));
    if (!right) throw new Unmet(`it was refused otherwise: ${inShort(answer)}`);
  }
}
