import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Look-ups and filings are counted per person, a raised limit is kept, and an archived signal keeps to whom it was told. Whoever filed on a youth
 * of the archive with an older release was told.
 */
export class LookUpsCounted1764000000026 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table counted_look_up (
        id uuid not null,
        professional_id uuid not null,
        kind text not null,
        at timestamptz not null,
        youth_index bytea,
        constraint counted_look_up_pkey primary key (id),
        constraint counted_look_up_professional_id_fkey foreign key (professional_id) references professional (id)
      );
      create index counted_look_up_professional_id_at_idx on counted_look_up (professional_id, at);
      create index counted_look_up_at_idx on counted_look_up (at);
      create table filing_limit_raise (
        professional_id uuid not null,
        until timestamptz not null,
        raised_by uuid not null,
        constraint filing_limit_raise_pkey primary key (professional_id),
        constraint filing_limit_raise_professional_id_fkey foreign key (professional_id) references professional (id),
        constraint filing_limit_raise_raised_by_fkey foreign key (raised_by) references professional (id)
      );
      create table archive_told (
        archived_signal_id uuid not null,
        professional_id uuid not null,
        signal_id uuid not null,
        constraint archive_told_pkey primary key (archived_signal_id, professional_id),
        constraint archive_told_archived_signal_id_fkey foreign key (archived_signal_id)
          references archived_signal (id) on delete cascade,
        constraint archive_told_professional_id_fkey foreign key (professional_id) references professional (id)
      );
      insert into archive_told (archived_signal_id, professional_id, signal_id)
        select a.id, s.professional_id, s.id from archived_signal a
          join youth y on y.bsn_index = a.youth_index
          join signal s on s.youth_id = y.id and s.shared_at is not null and s.filed_at >= a.ended_at
          join professional filer on filer.id = s.professional_id
          join professional earlier on earlier.id = a.professional_id and earlier.subject <> filer.subject
        on conflict do nothing;
    `);
  }
  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
