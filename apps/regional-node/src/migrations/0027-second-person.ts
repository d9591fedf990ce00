import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Contact details that wait for their owner, and what takes a second person: standing in, taking over, a designation by the operator, and a right
 * to the BSN in a new covenant. What is there counts as confirmed.
 */
export class SecondPerson1764000000027 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table contact_change (
        id uuid constraint contact_change_pkey primary key,
        professional_id uuid not null constraint contact_change_professional_id_fkey references professional,
        phone text,
        email text,
        changed_by text not null,
        changed_at timestamptz not null
      );
      create unique index contact_change_professional_id_idx on contact_change (professional_id);

      create table person_proposal (
        id uuid constraint person_proposal_pkey primary key,
        kind text not null,
        professional_id uuid not null constraint person_proposal_professional_id_fkey references professional,
        colleague_id uuid constraint person_proposal_colleague_id_fkey references professional,
        proposed_by_id uuid not null constraint person_proposal_proposed_by_id_fkey references professional,
        proposed_at timestamptz not null,
        constraint person_proposal_professional_id_kind_key unique (professional_id, kind)
      );

      alter table professional add column contact_waits_since timestamptz;

      alter table covenant
        add column scheduled_by_id uuid constraint covenant_scheduled_by_id_fkey references professional,
        add column bsn_confirmed_at timestamptz;
      update covenant set bsn_confirmed_at = recorded_at;
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
