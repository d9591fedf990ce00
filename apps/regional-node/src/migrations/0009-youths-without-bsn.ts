import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signals on youths without BSN, and who confirmed that two may be about the same one. */
export class YouthsWithoutBsn1764000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table youth alter column bsn_sealed drop not null, alter column bsn_index drop not null,
        add constraint youth_bsn_whole check ((bsn_sealed is null) = (bsn_index is null));

      create table signal_description (
        signal_id uuid not null,
        description_sealed bytea not null,
        description_index bytea not null,
        constraint signal_description_pkey primary key (signal_id),
        constraint signal_description_signal_id_fkey foreign key (signal_id) references signal (id) on delete cascade
      );
      create index signal_description_description_index_idx on signal_description (description_index);

      create table match_confirmed (
        own_entry_id uuid not null,
        other_entry_id uuid not null,
        at timestamptz not null,
        constraint match_confirmed_pkey primary key (own_entry_id, other_entry_id)
      );
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
