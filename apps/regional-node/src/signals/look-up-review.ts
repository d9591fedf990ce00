import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { DataSource } from 'typeorm';
import { REVIEWED } from './look-ups.js';
import { endsTooOften } from './rules/ends-too-often.rule.js';

/** What one person looked up, filed and ended in the last thirty days. */
export interface ReviewedPerson {
  subject: string;
  /** Look-ups of which no shared signal came. */
  inVain: number;
  /** Refusals because a limit was reached. */
  refused: number;
  filed: number;
  /** Of those filed, the ones that they ended themselves. */
  ended: number;
  /** Of those ended, the ones that were never shared. */
  undone: number;
  endsTooOften: boolean;
  /** Until when somebody let them file more. */
  raisedUntil: Date | null;
}

/** Finds who is to be asked about what they look up. Renewing is neither filing nor ending. */
@Injectable()
export class LookUpReview {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<ReviewedPerson[]> {
    const since = new Date(this.clock.now().getTime() - REVIEWED);
    const rows = await this.dataSource.query<Omit<ReviewedPerson, 'endsTooOften'>[]>(
      `with looked_up as (
         select p.subject, count(*) as n from counted_look_up l join professional p on p.id = l.professional_id
         where l.kind = 'look-up' and l.at > $1 group by 1
       ), line as (
         select p.subject, l.action, l.fields ->> 'signal' as signal, l.fields ->> 'renewed' as renewed, l.fields ->> 'cause' as cause
         from audit_line l join professional p on p.id::text = l.actor
         where l.at > $1 and l.action in ('signal-filed', 'signal-renewed', 'signal-ended', 'look-up-refused')
       ), signal_filed as (
         select f.subject, count(*) as filed, count(e.signal) as ended, count(e.signal) filter (where e.cause = 'undone') as undone
         from line f
           left join line e on e.action = 'signal-ended' and e.signal = f.signal and e.subject = f.subject
             and e.cause is distinct from 'renewed'
           left join line r on r.action = 'signal-renewed' and r.renewed = f.signal
         where f.action = 'signal-filed' and r.renewed is null group by 1
       ), refused as (
         select subject, count(*) as n from line where action = 'look-up-refused' group by 1
       ), raised as (
         select p.subject, max(r.until) as until from filing_limit_raise r join professional p on p.id = r.professional_id
         where r.until > $1 group by 1
       )
       select subject, coalesce(looked_up.n, 0)::int as "inVain", coalesce(refused.n, 0)::int as refused,
         coalesce(filed, 0)::int as filed, coalesce(ended, 0)::int as ended, coalesce(undone, 0)::int as undone,
         raised.until as "raisedUntil"
       from looked_up full join signal_filed using (subject) full join refused using (subject) full join raised using (subject)`,
      [since],
    );
    return rows
      .map((row) => ({ ...row, endsTooOften: endsTooOften(row) }))
      .filter(
        ({ inVain, refused, undone, endsTooOften: often, raisedUntil }) =>
          inVain + refused + undone > 0 || often || raisedUntil !== null,
      )
      .sort((a, b) => b.inVain + b.undone - a.inVain - a.undone || a.subject.localeCompare(b.subject));
  }
}
