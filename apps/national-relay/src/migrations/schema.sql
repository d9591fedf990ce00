create table alarm (
  kind text not null,
  party text not null,
  since timestamp with time zone not null,
  last_at timestamp with time zone not null,
  count integer not null,
  constraint alarm_pkey PRIMARY KEY (kind, party)
);

create table archive_question (
  from_region text not null,
  question bytea not null,
  to_region text not null,
  from_handle bytea not null,
  to_handle bytea not null,
  asked_at timestamp with time zone not null,
  constraint archive_question_pkey PRIMARY KEY (from_region, question, to_region)
);
CREATE INDEX archive_question_asked_at_idx ON public.archive_question USING btree (asked_at);
CREATE INDEX archive_question_from_idx ON public.archive_question USING btree (from_region, from_handle);
CREATE INDEX archive_question_to_idx ON public.archive_question USING btree (to_region, to_handle);

create table erasure (
  region text not null,
  token bytea not null,
  at timestamp with time zone not null,
  constraint erasure_pkey PRIMARY KEY (region, token)
);
CREATE INDEX erasure_at_idx ON public.erasure USING btree (at);

create table key_holder_status (
  key_holder text not null,
  up_since timestamp with time zone,
  last_seen_at timestamp with time zone,
  epoch integer,
  usage jsonb,
  usage_at timestamp with time zone,
  constraint key_holder_status_pkey PRIMARY KEY (key_holder)
);

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

create table match (
  match_id bytea not null,
  region_a text not null,
  handle_a bytea not null,
  region_b text not null,
  handle_b bytea not null,
  epoch integer not null,
  found_at timestamp with time zone not null,
  constraint match_pkey PRIMARY KEY (match_id)
);
CREATE INDEX match_a_idx ON public.match USING btree (region_a, handle_a);
CREATE INDEX match_b_idx ON public.match USING btree (region_b, handle_b);

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
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

create table region_sample (
  region text not null,
  hour timestamp with time zone not null,
  healthy integer not null,
  lagging integer not null,
  silent integer not null,
  worst_delay_seconds integer not null,
  worst_queue integer not null,
  tags integer not null,
  matches integer not null,
  looked_at timestamp with time zone not null,
  constraint region_sample_pkey PRIMARY KEY (region, hour)
);
CREATE INDEX region_sample_hour_idx ON public.region_sample USING btree (hour);

create table region_status (
  region text not null,
  last_seen_at timestamp with time zone not null,
  software_version text not null,
  queued integer not null,
  oldest_queued_seconds integer not null,
  awaiting_secret integer not null,
  matches integer not null,
  unanswered_notices integer not null,
  unopenable_cards integer not null,
  lost_persons integer not null,
  probes jsonb not null,
  clock_skew_seconds integer not null,
  constraint region_status_pkey PRIMARY KEY (region)
);

create table register_version (
  version integer not null,
  accepted_at timestamp with time zone not null,
  constraint register_version_pkey PRIMARY KEY (version)
);

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

create table tag (
  region text not null,
  handle bytea not null,
  peppered_tag bytea not null,
  epoch integer not null,
  incarnation integer not null,
  n bigint not null,
  arrival bigint not null default nextval('tag_arrival_seq'::regclass),
  put_at timestamp with time zone not null,
  archived boolean not null default false,
  constraint tag_pkey PRIMARY KEY (region, handle)
);
CREATE INDEX tag_peppered_tag_idx ON public.tag USING btree (peppered_tag);

create sequence migrations_id_seq;

create sequence outbox_message_id_seq;

create sequence tag_arrival_seq;
