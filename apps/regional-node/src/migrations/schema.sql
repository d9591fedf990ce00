create table absence (
  professional_id uuid not null,
  from_day date not null,
  until_day date not null,
  replacement_id uuid,
  told boolean not null,
  constraint absence_pkey PRIMARY KEY (professional_id),
  constraint absence_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id),
  constraint absence_replacement_id_fkey FOREIGN KEY (replacement_id) REFERENCES professional(id)
);
CREATE INDEX absence_replacement_id_idx ON public.absence USING btree (replacement_id);

create table archive_answer (
  question bytea not null,
  region text not null,
  content bytea,
  received_at timestamp with time zone not null,
  constraint archive_answer_pkey PRIMARY KEY (question, region),
  constraint archive_answer_question_fkey FOREIGN KEY (question) REFERENCES archive_question(question) ON DELETE CASCADE
);

create table archive_question (
  question bytea not null,
  signal_id uuid not null,
  ask_from timestamp with time zone,
  constraint archive_question_pkey PRIMARY KEY (question),
  constraint archive_question_signal_id_fkey FOREIGN KEY (signal_id) REFERENCES signal(id) ON DELETE CASCADE,
  constraint archive_question_signal_id_key UNIQUE (signal_id)
);

create table archive_told (
  archived_signal_id uuid not null,
  professional_id uuid not null,
  signal_id uuid not null,
  constraint archive_told_archived_signal_id_fkey FOREIGN KEY (archived_signal_id) REFERENCES archived_signal(id) ON DELETE CASCADE,
  constraint archive_told_pkey PRIMARY KEY (archived_signal_id, professional_id),
  constraint archive_told_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id)
);

create table archived_signal (
  id uuid not null,
  number text not null,
  youth_index bytea not null,
  bsn_sealed bytea not null,
  professional_id uuid not null,
  filed_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  destroy_on date not null,
  verified_at timestamp with time zone not null,
  constraint archived_signal_pkey PRIMARY KEY (id),
  constraint archived_signal_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id)
);
CREATE INDEX archived_signal_destroy_on_idx ON public.archived_signal USING btree (destroy_on);
CREATE INDEX archived_signal_youth_index_idx ON public.archived_signal USING btree (youth_index);

create table audit_line (
  id bigint not null default nextval('audit_line_id_seq'::regclass),
  at timestamp with time zone not null,
  actor text not null,
  action text not null,
  fields jsonb not null,
  constraint audit_line_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_line_look_ups_idx ON public.audit_line USING btree (actor, at) WHERE (action = ANY (ARRAY['person-register-consulted'::text, 'signal-filed'::text]));

create table card_repair (
  peer_region text not null,
  ended integer not null,
  sent_again integer not null,
  last_at timestamp with time zone not null,
  constraint card_repair_pkey PRIMARY KEY (peer_region)
);

create table contact_change (
  id uuid not null,
  professional_id uuid not null,
  phone text,
  email text,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint contact_change_pkey PRIMARY KEY (id),
  constraint contact_change_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id)
);
CREATE UNIQUE INDEX contact_change_professional_id_idx ON public.contact_change USING btree (professional_id);

create table contact_made (
  own_entry_id uuid not null,
  other_entry_id uuid not null,
  at timestamp with time zone not null,
  constraint contact_made_pkey PRIMARY KEY (own_entry_id, other_entry_id)
);

create table counted_look_up (
  id uuid not null,
  professional_id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  youth_index bytea,
  constraint counted_look_up_pkey PRIMARY KEY (id),
  constraint counted_look_up_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id)
);
CREATE INDEX counted_look_up_at_idx ON public.counted_look_up USING btree (at);
CREATE INDEX counted_look_up_professional_id_at_idx ON public.counted_look_up USING btree (professional_id, at);

create table covenant (
  version integer not null,
  document jsonb not null,
  recorded_at timestamp with time zone not null,
  effective_from date not null,
  withdrawn_at timestamp with time zone,
  activated_at timestamp with time zone,
  scheduled_by_id uuid,
  bsn_confirmed_at timestamp with time zone,
  constraint covenant_pkey PRIMARY KEY (version),
  constraint covenant_scheduled_by_id_fkey FOREIGN KEY (scheduled_by_id) REFERENCES professional(id)
);

create table erasure (
  token bytea not null,
  at timestamp with time zone not null,
  constraint erasure_pkey PRIMARY KEY (token)
);
CREATE INDEX erasure_at_idx ON public.erasure USING btree (at);

create table federated_match (
  match_id text not null,
  handle bytea not null,
  peer_region text not null,
  epoch integer not null,
  send_first boolean not null,
  noticed_at timestamp with time zone not null,
  questions_before integer not null default 0,
  out_incarnation integer not null default 0,
  out_n integer not null default 0,
  out_content bytea,
  out_valid_until timestamp with time zone,
  out_confirmed_n integer not null default 0,
  out_outcome text,
  in_incarnation integer not null default 0,
  in_n integer not null default 0,
  in_card bytea,
  in_valid_until timestamp with time zone,
  in_unopenable integer not null default 0,
  out_form text not null default 'card/1.0'::text,
  is_due boolean not null default false,
  constraint federated_match_pkey PRIMARY KEY (match_id)
);
CREATE INDEX federated_match_due_idx ON public.federated_match USING btree (match_id) WHERE is_due;
CREATE INDEX federated_match_handle_idx ON public.federated_match USING btree (handle);

create table filing_limit_raise (
  professional_id uuid not null,
  until timestamp with time zone not null,
  raised_by uuid not null,
  constraint filing_limit_raise_pkey PRIMARY KEY (professional_id),
  constraint filing_limit_raise_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id),
  constraint filing_limit_raise_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES professional(id)
);

create table forwarded_case (
  youth_id uuid not null,
  municipality text not null,
  forwarded_by_id uuid not null,
  at timestamp with time zone not null,
  constraint forwarded_case_forwarded_by_id_fkey FOREIGN KEY (forwarded_by_id) REFERENCES professional(id),
  constraint forwarded_case_pkey PRIMARY KEY (youth_id, municipality),
  constraint forwarded_case_youth_id_fkey FOREIGN KEY (youth_id) REFERENCES youth(id) ON DELETE CASCADE
);

create table handle (
  handle bytea not null,
  role text not null,
  person_index bytea not null,
  epoch integer not null,
  pending_input bytea,
  secret bytea,
  created_at timestamp with time zone not null,
  put_not_before timestamp with time zone,
  ended_at timestamp with time zone,
  constraint handle_pkey PRIMARY KEY (handle)
);
CREATE UNIQUE INDEX handle_live_person_key ON public.handle USING btree (role, person_index, epoch) WHERE (ended_at IS NULL);

create table link (
  peer text not null,
  out_incarnation integer not null default 1,
  out_next_seq bigint not null default 1,
  out_confirmed bigint not null default 0,
  in_incarnation integer not null default 0,
  in_applied bigint not null default 0,
  failing_since timestamp with time zone,
  last_success_at timestamp with time zone,
  next_try_at timestamp with time zone,
  failures integer not null default 0,
  restarts integer not null default 0,
  question text,
  asked_confirmed bigint not null default 0,
  asked_incarnation integer not null default 0,
  asked_applied bigint not null default 0,
  agreed_on text,
  recovery text,
  recovery_served text,
  last_heard_at timestamp with time zone,
  constraint link_pkey PRIMARY KEY (peer)
);

create table login_logout (
  token_hash bytea not null,
  seen_at timestamp with time zone not null,
  constraint login_logout_pkey PRIMARY KEY (token_hash)
);

create table login_session (
  id_hash bytea not null,
  subject text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  provider_subject text not null,
  provider_session text,
  constraint login_session_pkey PRIMARY KEY (id_hash)
);

create table mail (
  id uuid not null,
  message_id text not null,
  to_address text not null,
  subject text not null,
  body_sealed bytea,
  state text not null,
  created_at timestamp with time zone not null,
  not_before timestamp with time zone not null,
  attempts integer not null,
  last_error_kind text,
  sent_at timestamp with time zone,
  supersedes_key text,
  failure text,
  last_tried_at timestamp with time zone,
  constraint mail_message_id_key UNIQUE (message_id),
  constraint mail_pkey PRIMARY KEY (id)
);
CREATE INDEX mail_not_before_idx ON public.mail USING btree (not_before) WHERE (state = 'queued'::text);
CREATE INDEX mail_sent_at_idx ON public.mail USING btree (supersedes_key, sent_at) WHERE (state = 'sent'::text);
CREATE UNIQUE INDEX mail_supersedes_key_idx ON public.mail USING btree (supersedes_key) WHERE (state = 'queued'::text);

create table match_confirmed (
  own_entry_id uuid not null,
  other_entry_id uuid not null,
  at timestamp with time zone not null,
  constraint match_confirmed_pkey PRIMARY KEY (own_entry_id, other_entry_id)
);

create table match_notice (
  subject text not null,
  content bytea not null,
  told bytea,
  n integer not null,
  first_at timestamp with time zone not null,
  waiting_since timestamp with time zone,
  receiver_id uuid not null,
  state_sealed bytea,
  told_sealed bytea,
  before bytea,
  before_sealed bytea,
  mail_id uuid,
  mailed_at timestamp with time zone,
  constraint match_notice_pkey PRIMARY KEY (subject, receiver_id)
);
CREATE INDEX match_notice_receiver_id_idx ON public.match_notice USING btree (receiver_id) WHERE (content IS DISTINCT FROM told);

create table match_rejected (
  own_entry_id uuid not null,
  other_entry_id uuid not null,
  at timestamp with time zone not null,
  constraint match_rejected_pkey PRIMARY KEY (own_entry_id, other_entry_id)
);

create table memory_loss (
  recovery text not null,
  at timestamp with time zone not null,
  erased_signals integer not null default 0,
  lost_persons integer not null default 0,
  recovered_at timestamp with time zone,
  constraint memory_loss_pkey PRIMARY KEY (recovery)
);

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
);

create table move (
  id uuid not null,
  youth_id uuid not null,
  municipality text not null,
  at timestamp with time zone not null,
  placed_at timestamp with time zone,
  constraint move_pkey PRIMARY KEY (id),
  constraint move_youth_id_fkey FOREIGN KEY (youth_id) REFERENCES youth(id) ON DELETE CASCADE
);
CREATE INDEX move_municipality_idx ON public.move USING btree (municipality) WHERE (placed_at IS NULL);
CREATE INDEX move_youth_id_idx ON public.move USING btree (youth_id);

create table municipality_list (
  id integer not null,
  as_of date not null,
  loaded_at timestamp with time zone not null,
  facts jsonb not null,
  constraint municipality_list_pkey PRIMARY KEY (id)
);

create table operator_proposal (
  id uuid not null,
  kind text not null,
  professional_id uuid not null,
  proposed_by_id uuid not null,
  proposed_at timestamp with time zone not null,
  subject text,
  constraint operator_proposal_pkey PRIMARY KEY (id),
  constraint operator_proposal_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id),
  constraint operator_proposal_proposed_by_id_fkey FOREIGN KEY (proposed_by_id) REFERENCES professional(id)
);
CREATE UNIQUE INDEX operator_proposal_professional_id_idx ON public.operator_proposal USING btree (professional_id);

create table organisation (
  id text not null,
  name text not null,
  sector text not null,
  kind text not null,
  municipality text,
  locations jsonb not null,
  constraint organisation_pkey PRIMARY KEY (id)
);

create table outbox_message (
  id bigint not null,
  peer text not null,
  type text not null,
  body jsonb not null,
  coalesce_key text,
  created_at timestamp with time zone not null,
  not_before timestamp with time zone not null,
  seq bigint,
  sent_at timestamp with time zone,
  attempts integer not null default 0,
  constraint outbox_message_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_message_coalesce ON public.outbox_message USING btree (peer, coalesce_key) WHERE ((seq IS NULL) AND (coalesce_key IS NOT NULL));
CREATE UNIQUE INDEX outbox_message_sequenced ON public.outbox_message USING btree (peer, seq) WHERE (seq IS NOT NULL);
CREATE INDEX outbox_message_unsequenced ON public.outbox_message USING btree (peer, id) WHERE (seq IS NULL);

create table peer_forms (
  party text not null,
  forms text[] not null,
  since timestamp with time zone not null,
  document text not null,
  signature text not null,
  is_doubted boolean not null default false,
  constraint peer_forms_pkey PRIMARY KEY (party)
);

create table person_proposal (
  id uuid not null,
  kind text not null,
  professional_id uuid not null,
  colleague_id uuid,
  proposed_by_id uuid not null,
  proposed_at timestamp with time zone not null,
  constraint person_proposal_colleague_id_fkey FOREIGN KEY (colleague_id) REFERENCES professional(id),
  constraint person_proposal_pkey PRIMARY KEY (id),
  constraint person_proposal_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id),
  constraint person_proposal_professional_id_kind_key UNIQUE (professional_id, kind),
  constraint person_proposal_proposed_by_id_fkey FOREIGN KEY (proposed_by_id) REFERENCES professional(id)
);

create table probe (
  peer_region text not null,
  turn bigint not null,
  person_index bytea not null,
  entry_id uuid not null,
  turned_at timestamp with time zone not null,
  since timestamp with time zone not null,
  last_match_at timestamp with time zone,
  constraint probe_pkey PRIMARY KEY (peer_region)
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
  departed_on date,
  contact_confirmed_on date not null,
  contact_reminded_on date,
  email_refused_at timestamp with time zone,
  location_id text,
  deputy_id uuid,
  first_login_at timestamp with time zone,
  contact_waits_since timestamp with time zone,
  constraint professional_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES professional(id),
  constraint professional_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint professional_pkey PRIMARY KEY (id),
  constraint professional_subject_organisation_id_key UNIQUE (subject, organisation_id)
);
CREATE INDEX professional_deputy_id_idx ON public.professional USING btree (deputy_id);
CREATE INDEX professional_email_idx ON public.professional USING btree (email);
CREATE INDEX professional_organisation_id_idx ON public.professional USING btree (organisation_id);

create table received_letter (
  id uuid not null,
  from_region text not null,
  letter_id uuid not null,
  kind text,
  municipality text,
  content bytea,
  in_incarnation integer not null,
  in_n integer not null,
  received_at timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  placed_at timestamp with time zone,
  erased_at timestamp with time zone,
  constraint received_letter_from_region_letter_id_key UNIQUE (from_region, letter_id),
  constraint received_letter_pkey PRIMARY KEY (id)
);
CREATE INDEX received_letter_municipality_idx ON public.received_letter USING btree (municipality) WHERE (content IS NOT NULL);
CREATE INDEX received_letter_valid_until_idx ON public.received_letter USING btree (valid_until);

create table rejected_message (
  peer text not null,
  reason text not null,
  hour timestamp with time zone not null,
  count integer not null,
  last_at timestamp with time zone not null,
  constraint rejected_message_pkey PRIMARY KEY (peer, reason, hour)
);

create table request_count (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint request_count_pkey PRIMARY KEY (key)
);

create table roll_question (
  peer_region text not null,
  question text not null,
  n integer not null,
  wanted boolean not null default false,
  cards jsonb not null default '{}'::jsonb,
  constraint roll_question_pkey PRIMARY KEY (peer_region)
);

create table same_person (
  own_entry_id uuid not null,
  other_entry_id uuid not null,
  at timestamp with time zone not null,
  constraint same_person_pkey PRIMARY KEY (own_entry_id, other_entry_id)
);

create table scheduled_work (
  name text not null,
  next_run_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  succeeded_at timestamp with time zone,
  outcome text,
  items integer,
  error_kind text,
  failures integer not null default 0,
  constraint scheduled_work_pkey PRIMARY KEY (name)
);

create table sent_letter (
  id uuid not null,
  youth_id uuid,
  to_region text not null,
  kind text not null,
  municipality text not null,
  content bytea,
  out_incarnation integer not null,
  out_n integer not null,
  valid_until timestamp with time zone not null,
  erased_at timestamp with time zone,
  constraint sent_letter_pkey PRIMARY KEY (id)
);
CREATE INDEX sent_letter_youth_id_idx ON public.sent_letter USING btree (youth_id);

create table set_aside (
  kind text not null,
  key text not null,
  class_name text not null,
  fields text not null,
  since timestamp with time zone not null,
  software_version text not null,
  message jsonb,
  constraint set_aside_pkey PRIMARY KEY (kind, key)
);

create table setting_check (
  variable text not null,
  value bytea not null,
  constraint setting_check_pkey PRIMARY KEY (variable)
);

create table signal (
  id uuid not null,
  number text not null,
  youth_id uuid not null,
  professional_id uuid not null,
  entry_id uuid not null,
  filed_at timestamp with time zone not null,
  removal_date date not null,
  removal_cause text not null,
  reminded_at timestamp with time zone,
  shared_at timestamp with time zone default now(),
  shares_at timestamp with time zone,
  sharing_sealed bytea,
  inform_reminder_until date,
  constraint signal_entry_id_key UNIQUE (entry_id),
  constraint signal_number_key UNIQUE (number),
  constraint signal_pkey PRIMARY KEY (id),
  constraint signal_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professional(id),
  constraint signal_youth_id_fkey FOREIGN KEY (youth_id) REFERENCES youth(id),
  constraint signal_youth_id_professional_id_key UNIQUE (youth_id, professional_id)
);
CREATE INDEX signal_professional_id_idx ON public.signal USING btree (professional_id);
CREATE INDEX signal_removal_date_idx ON public.signal USING btree (removal_date);
CREATE INDEX signal_shares_at_idx ON public.signal USING btree (shares_at) WHERE (shared_at IS NULL);

create table signal_description (
  signal_id uuid not null,
  description_sealed bytea not null,
  description_index bytea not null,
  constraint signal_description_pkey PRIMARY KEY (signal_id),
  constraint signal_description_signal_id_fkey FOREIGN KEY (signal_id) REFERENCES signal(id) ON DELETE CASCADE
);
CREATE INDEX signal_description_description_index_idx ON public.signal_description USING btree (description_index);

create table stored_manifest (
  epoch integer not null,
  document text not null,
  signatures jsonb not null,
  constraint stored_manifest_pkey PRIMARY KEY (epoch)
);

create table stored_register (
  version integer not null,
  document text not null,
  signature text not null,
  constraint stored_register_pkey PRIMARY KEY (version)
);

create table unknown_login (
  subject text not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  count integer not null,
  constraint unknown_login_pkey PRIMARY KEY (subject)
);
CREATE INDEX unknown_login_last_seen_at_idx ON public.unknown_login USING btree (last_seen_at);

create table unknown_municipality (
  code text not null,
  seen_at timestamp with time zone not null,
  constraint unknown_municipality_pkey PRIMARY KEY (code)
);

create table youth (
  id uuid not null,
  bsn_sealed bytea,
  bsn_index bytea,
  municipality text,
  residence_as_of date,
  protected boolean not null,
  created_at timestamp with time zone not null,
  verified_at timestamp with time zone not null,
  birthday_23_sealed bytea,
  constraint youth_bsn_index_key UNIQUE (bsn_index),
  constraint youth_bsn_whole CHECK (((bsn_sealed IS NULL) = (bsn_index IS NULL))),
  constraint youth_pkey PRIMARY KEY (id)
);
CREATE INDEX youth_verified_at_idx ON public.youth USING btree (verified_at);

create table youth_parent (
  youth_id uuid not null,
  parent_index bytea not null,
  constraint youth_parent_pkey PRIMARY KEY (youth_id, parent_index),
  constraint youth_parent_youth_id_fkey FOREIGN KEY (youth_id) REFERENCES youth(id) ON DELETE CASCADE
);
CREATE INDEX youth_parent_parent_index_idx ON public.youth_parent USING btree (parent_index);

create sequence audit_line_id_seq;

create sequence migrations_id_seq;

create sequence municipality_list_id_seq;

create sequence outbox_message_id_seq;

create sequence signal_number;
