import { LoginAttempt } from './login-attempt.entity.js';
import { LoginSession } from './login-session.entity.js';

/** Entities that an app adds to its data source. */
export const loginEntities = [LoginSession, LoginAttempt];

/** Statements, in order, that make the tables of the login; an app runs them in a migration of its own. */
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
