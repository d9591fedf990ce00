import { loginTablesSql } from '#libs/login';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything a region needs for signals and matches within itself. */
export class Local1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of loginTablesSql) await runner.query(statement);
    await runner.query(`
      create table covenant (
        version integer not null,
        document jsonb not null,
        source_hash bytea not null,
        activated_at timestamptz not null,
        constraint covenant_pkey primary key (version)
      );

      create table organisation (
        id text not null,
        name text not null,
        sector text not null,
        kind text not null,
        municipality text not null,
        constraint organisation_pkey primary key (id)
      );

      create table professional (
        id uuid not null,
        subject text not null,
        name text not null,
        function text not null,
        phone text not null,
        email text not null,
        organisation_id text not null,
        roles text[] not null,
        designated boolean not null,
        municipality text,
        constraint professional_pkey primary key (id),
        constraint professional_subject_key unique (subject),
        constraint professional_organisation_id_fkey foreign key (organisation_id) references organisation (id)
      );
      create index professional_organisation_id_idx on professional (organisation_id);

      create table youth (
        id uuid not null,
        bsn_sealed bytea not null,
        bsn_index bytea not null,
        municipality text,
        residence_as_of date,
        protected boolean not null,
        created_at timestamptz not null,
        constraint youth_pkey primary key (id),
        constraint youth_bsn_index_key unique (bsn_index)
      );

      create table youth_parent (
        youth_id uuid not null,
        parent_index bytea not null,
        constraint youth_parent_pkey primary key (youth_id, parent_index),
        constraint youth_parent_youth_id_fkey foreign key (youth_id) references youth (id) on delete cascade
      );
      create index youth_parent_parent_index_idx on youth_parent (parent_index);

      create sequence signal_number;
      create table signal (
        id uuid not null,
        number text not null,
        youth_id uuid not null,
        professional_id uuid not null,
        entry_id uuid not null,
        filed_at timestamptz not null,
        removal_date date not null,
        parents_informed text not null,
        constraint signal_pkey primary key (id),
        constraint signal_number_key unique (number),
        constraint signal_entry_id_key unique (entry_id),
        constraint signal_youth_id_professional_id_key unique (youth_id, professional_id),
        constraint signal_youth_id_fkey foreign key (youth_id) references youth (id),
        constraint signal_professional_id_fkey foreign key (professional_id) references professional (id)
      );
      create index signal_professional_id_idx on signal (professional_id);
      create index signal_removal_date_idx on signal (removal_date);

      create table audit_line (
        id bigserial not null,
        at timestamptz not null,
        actor text not null,
        action text not null,
        fields jsonb not null,
        constraint audit_line_pkey primary key (id)
      );

      create table mail (
        id uuid not null,
        message_id text not null,
        to_address text not null,
        subject text not null,
        body_sealed bytea,
        state text not null,
        created_at timestamptz not null,
        not_before timestamptz not null,
        attempts integer not null,
        last_error_kind text,
        sent_at timestamptz,
        supersedes_key text,
        constraint mail_pkey primary key (id),
        constraint mail_message_id_key unique (message_id)
      );
      create index mail_not_before_idx on mail (not_before) where state = 'queued';
      create unique index mail_supersedes_key_idx on mail (supersedes_key) where state = 'queued';
      create index mail_sent_at_idx on mail (supersedes_key, sent_at) where state = 'sent';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
