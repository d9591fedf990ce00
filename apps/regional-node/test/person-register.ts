import { ProgramLogger } from '#libs/observability';
import type { DataSource } from 'typeorm';
import type { Audit } from '../src/audit/index.js';
import type { RegionalNodeConfig } from '../src/config.js';
import { PersonRegister } from '../src/person-register/index.js';
import type { RegisterAnswer } from '../src/person-register/register-answer.js';
import { RegisterConnection } from '../src/person-register/register-connection.js';
import type { RegisterState } from '../src/person-register/register-state.js';

/** What a person register without a node writes down. */
export interface Notes {
  /** Lines of the logbook. */
  recorded: unknown[];
  /** What came of each question. */
  heard: RegisterAnswer[];
}

/** The person register of a node, without its database. Settings that are left out have their defaults; they can change while it runs. */
export function personRegisterWith(settings: Partial<RegionalNodeConfig>, notes: Notes): PersonRegister {
  settings.personRegisterHeaders ??= {};
  settings.personRegisterFieldsOff ??= [];
  const config = settings as RegionalNodeConfig;
  const state = { heard: async (_kind: string, answer: RegisterAnswer) => void notes.heard.push(answer) };
  const audit = { record: async (...line: unknown[]) => void notes.recorded.push(line.slice(1)) };
  return new PersonRegister(
    new RegisterConnection(config),
    state as unknown as RegisterState,
    config,
    audit as unknown as Audit,
    { manager: {} } as DataSource,
    new ProgramLogger('test', 'silent'),
  );
}
