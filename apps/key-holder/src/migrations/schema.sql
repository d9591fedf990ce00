create table epoch_key (
  epoch integer not null,
  stage text not null,
  state_sealed bytea,
  shares_for_others jsonb,
  share_sealed bytea,
  manifest text,
  signatures jsonb,
  fault_holder text,
  fault_kind text,
  constraint epoch_key_pkey PRIMARY KEY (epoch)
);

create table evaluation_day (
  region text not null,
  day date not null,
  elements integer not null,
  constraint evaluation_day_pkey PRIMARY KEY (region, day)
);

create table evaluation_request (
  region text not null,
  request_id uuid not null,
  content_hash bytea not null,
  day date not null,
  repeats integer not null default 0,
  constraint evaluation_request_pkey PRIMARY KEY (region, request_id)
);

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
);

create table region_register_copy (
  version integer not null,
  document text not null,
  signature text not null,
  constraint region_register_copy_pkey PRIMARY KEY (version)
);

create table setting_check (
  variable text not null,
  value bytea not null,
  constraint setting_check_pkey PRIMARY KEY (variable)
);

create sequence migrations_id_seq;
