import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of the covenant with the day on which they begin; organisations of the whole country; absence and departure. */
export class CovenantAndDirectory1764000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `alter table covenant rename column activated_at to recorded_at`,
  `alter table covenant
     drop column source_hash,
     add column effective_from date,
     add column withdrawn_at timestamptz,
     add column activated_at timestamptz`,
  `update covenant set
     effective_from = (recorded_at at time zone 'Europe/Amsterdam')::date,
     activated_at = recorded_at,
     document = document
       || jsonb_build_object(
         'organisations', (
           select jsonb_agg(o - 'municipality' || jsonb_build_object('municipalities', jsonb_build_array(o -> 'municipality')))
           from jsonb_array_elements(document -> 'organisations') o),
         'leading', ((document -> 'leading') - 'tieBreak') || '{"tieBreaks": ["earliest-signal"]}')
       || '{"followUp": {"stalledAfterWorkingDays": 5, "escalatedAfterWorkingDays": 10, "liberationDay": "every-five-years"},
            "mails": {"logInToSee": []}, "contacts": {"confirmEveryMonths": 6}}'`,
  `alter table covenant alter column effective_from set not null`,
  `alter table organisation alter column municipality drop not null`,
  `alter table professional add column departed_on date`,
  `create table absence (
    professional_id uuid not null constraint absence_pkey primary key
      constraint absence_professional_id_fkey references professional (id),
    from_day date not null,
    until_day date not null,
    replacement_id uuid constraint absence_replacement_id_fkey references professional (id),
    told boolean not null
  )`,
  `create index absence_replacement_id_idx on absence (replacement_id)`,
];
