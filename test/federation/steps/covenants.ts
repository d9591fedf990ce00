import { IsArray, IsInt, IsObject, IsOptional, IsString, Min } from 'class-validator';
import { dayInAmsterdam } from '#libs/calendar';
import type { Answer } from '../http/visitor.js';
import type { Stage } from '../stage.js';
import { Request } from './signals.js';
import type { References } from './step.js';

const DAY_MS = 86_400_000;

interface ReadVersion {
  document: { organisations: { id: string }[] };
}

/** `schedule covenant`: an operator has another version of the covenant be in force from a later day. */
export class ScheduleCovenant extends Request {
  static leavesTraces = true;

  /** Account of the operator. */
  @IsString() by: string;
  /** Days from now. */
  @IsInt() @Min(0) 'in days': number;
  /** Parts of the document that become otherwise; the rest stays as it is in the newest version. */
  @IsOptional() @IsObject() changing?: Record<string, unknown>;
  /** Ids of organisations that do not sign it. */
  @IsOptional() @IsArray() @IsString({ each: true }) without?: string[];

  title(): string {
    const { changing = {}, without = [] } = this;
    const what = [
      ...Object.keys(changing).map((part) => `with another ${part}`),
      ...without.map((id) => `without ${id}`),
    ];
    return `${this.by} schedules a covenant ${what.join(', ')}, in ${this['in days']} days`;
  }

  override refersTo(): References {
    return { accounts: [this.by] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const operator = stage.visitor(this.by);
    const { versions } = await operator.read<{ versions: { version: number }[] }>('covenant/versions');
    const { document } = await operator.read<ReadVersion>(`covenant/versions/${versions[0]!.version}`);
    const organisations = document.organisations.filter(({ id }) => !this.without?.includes(id));
    if (organisations.length !== document.organisations.length - (this.without?.length ?? 0))
      throw new Error(`not all of ${this.without?.join(', ')} had signed`);
    const day = new Date(stage.federation.clockNow().getTime() + this['in days'] * DAY_MS);
    return operator.post('covenant/versions', {
      // every JSON text is YAML too
      yaml: JSON.stringify({ ...document, organisations, ...this.changing }),
      effectiveFrom: dayInAmsterdam(day),
    });
  }
}
