import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether contact details are right: confirmed, reminded of, refused by a mail server. */
export class ContactDetails1764000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const STATEMENTS = [
  `alter table professional
     add column contact_confirmed_on date not null default (now() at time zone 'Europe/Amsterdam')::date,
     add column contact_reminded_on date,
     add column email_refused_at timestamptz`,
  `alter table professional alter column contact_confirmed_on drop default`,
  `create index professional_email_idx on professional (email)`,
];
