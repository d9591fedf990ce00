import type { MunicipalityWarning } from '../accepted/index.js';

export type AppointedRole = 'process-manager' | 'coordinator' | 'operator';

export interface Person {
  id: string;
  name: string;
  organisation: string;
}

export interface Appointment extends Person {
  role: AppointedRole;
  municipality?: string;
  presentMunicipality?: string;
  deputy?: Person;
}

export interface Proposal {
  id: string;
  kind: 'appoint' | 'dismiss' | 'change-login';
  /** Of a change of login: the new identifier. */
  subject?: string;
  person: Person;
  proposedBy: Person;
  proposedAt: string;
  mayConfirm: boolean;
  onMachine: boolean;
}

/** `GET /appointments`. */
export interface Appointments {
  appointments: Appointment[];
  proposals: Proposal[];
  warnings: MunicipalityWarning[];
  people: Person[];
  organisations: { id: string; name: string; functions: string[] }[];
}

/** An item of `GET /unknown-logins`. */
export interface UnknownLogin {
  subject: string;
  firstSeenAt: string;
  lastSeenAt: string;
  count: number;
}
