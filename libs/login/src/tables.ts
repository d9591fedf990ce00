import { LoginLogout } from './login-logout.entity.js';
import { LoginSession } from './login-session.entity.js';
import { RequestCount } from './request-count.entity.js';

/** Entities that an app adds to its data source. */
export const loginEntities = [LoginSession, LoginLogout, RequestCount];

/** Statements, in order, that make the tables of the login as release 0.1.0 had them; an app runs them in a migration of its own. */
export const loginTablesSql: readonly string[] = [
  `create table login_session (
    id_hash bytea primary key,
    subject text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null
  )`,
  `create table login_attempt (
    state_hash bytea primary key,
    browser_hash bytea not null,
    code_verifier text not null,
    nonce text not null,
    return_to text not null,
    created_at timestamptz not null
  )`,
];

/** What comes after `loginTablesSql`: attempts travel with the browser, and the provider may end sessions. */
export const loginTables2Sql: readonly string[] = [
  'drop table login_attempt',
  `alter table login_session
    add column provider_subject text,
    add column provider_session text`,
  // until now the subject was always the `sub`
  'update login_session set provider_subject = subject',
  'alter table login_session alter column provider_subject set not null',
  `create table login_logout (
    token_hash bytea primary key,
    seen_at timestamptz not null
  )`,
];

/** What comes after `loginTables2Sql`: all instances count logins together. */
export const loginTables3Sql: readonly string[] = [
  `create unlogged table request_count (
    key varchar(255) primary key,
    points integer not null default 0,
    expire bigint
  )`,
];
