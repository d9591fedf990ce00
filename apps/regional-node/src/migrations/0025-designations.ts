import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One person may have a designation in several organisations. */
export class Designations1764000000025 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table professional
        drop constraint professional_subject_key,
        add constraint professional_subject_organisation_id_key unique (subject, organisation_id)
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
